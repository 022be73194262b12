import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'rolldown';
import config from '../rolldown.config.ts';

/** The command as it is shipped, in a folder of the tests' own: a build beside them is not in the way. */
export const builtPackage = join(import.meta.dirname, '..', 'node_modules', '.tested-build');

export default async function setup(): Promise<void> {
  await mkdir(builtPackage, { recursive: true });
  await cp(join(import.meta.dirname, '..', 'bin'), join(builtPackage, 'bin'), { recursive: true });
  await cp(join(import.meta.dirname, '..', 'package.json'), join(builtPackage, 'package.json'));
  const { output, ...options } = config;
  await build({ ...options, output: { ...output, dir: join(builtPackage, 'dist') } });
}
