import { Bare } from './bare';

export default function BarePage() {
  return <Bare />;
}
