import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the local stack keeps what it keeps: below `.tributary/` of the repository, which git ignores. */
export interface StackLayout {
  readonly workspace: string;
  readonly root: string;
  readonly lock: string;
  readonly children: string;
  readonly ports: string;
  readonly stackFile: string;
  readonly secretsFile: string;
  /** Secrets that the API takes while the stack runs; kept from one start to the next. */
  readonly developmentSecretsFile: string;
  readonly objects: string;
  /** Input of the extraction that the stack was started for, to start it again by hand. */
  readonly input: string;
  /** The same for a run of the Launchpad flow on the look-alike. */
  readonly launchpadInput: string;
  /** Key of the hashes that stand for people: kept, or the same person would get another hash at each start. */
  readonly identityKey: string;
  /** Key of the API. */
  readonly apiKey: string;
  /** Token for Launchpad, where there was a login. */
  readonly launchpadToken: string;
  readonly postgresData: string;
  readonly temporalDb: string;
  log(name: string): string;
}

/** Layout of the stack of `workspace`. */
export function stackLayout(workspace: string): StackLayout {
  const root = join(workspace, '.tributary');
  return {
    workspace,
    root,
    lock: join(root, 'lock'),
    children: join(root, 'children.json'),
    ports: join(root, 'ports.json'),
    stackFile: join(root, 'stack.json'),
    secretsFile: join(root, 'secrets.json'),
    developmentSecretsFile: join(root, 'development', 'secrets.json'),
    objects: join(root, 'objects'),
    input: join(root, 'input.json'),
    launchpadInput: join(root, 'launchpad-input.json'),
    identityKey: join(root, 'identity-key.json'),
    apiKey: join(root, 'api-key.json'),
    launchpadToken: join(root, 'launchpad.json'),
    postgresData: join(root, 'postgres', 'data'),
    temporalDb: join(root, 'temporal.sqlite'),
    log: (name) => join(root, 'logs', `${name}.log`),
  };
}

/** Root of the repository that this file belongs to. */
export function workspaceRoot(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'nx.json'))) return folder;
  }
  throw new Error(`There is no nx.json above ${__dirname}`);
}

/** Reads a JSON file of ours; undefined when it is missing or damaged, as after a crash. */
export function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
