import { workerHandler } from '../../src/worker.ts';

export default workerHandler();
