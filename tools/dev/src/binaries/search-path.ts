import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Every executable file called `name` in the folders of `PATH`, in order. */
export function searchPath(name: string, env: NodeJS.ProcessEnv): string[] {
  const files = process.platform === 'win32' ? [`${name}.exe`] : [name];
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => files.map((file) => join(folder, file))).filter(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
