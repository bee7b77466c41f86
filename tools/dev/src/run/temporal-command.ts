import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { DEV_COMMAND_FAILED } from '../errors.js';

const TIMEOUT_MS = 30_000;
const MOST_BYTES = 50_000_000;

/** Temporal's own command line, on one server: what is done with it here can be done by hand as well. */
export class TemporalCommand {
  constructor(
    private readonly path: string,
    private readonly address: string,
    private readonly namespace: string,
  ) {}

  /** Runs a command. @returns what it has written @throws DEV_COMMAND_FAILED */
  async run(...args: readonly string[]): Promise<string> {
    const all = [...args, '--address', this.address, '--namespace', this.namespace];
    try {
      const { stdout } = await promisify(execFile)(this.path, all, { timeout: TIMEOUT_MS, maxBuffer: MOST_BYTES });
      return stdout;
    } catch (error) {
      const { stderr = '', message = '' } = error as { stderr?: string; message?: string };
      throw DEV_COMMAND_FAILED({ command: `temporal ${args.slice(0, 2).join(' ')}`, reason: (stderr || message).trim() });
    }
  }

  /** The result of a query of a workflow. @throws DEV_COMMAND_FAILED */
  async query<T>(workflowId: string, type: string, input: unknown = {}): Promise<T> {
    const text = await this.run('workflow', 'query', '--workflow-id', workflowId, '--type', type, '--input', JSON.stringify(input), '--output', 'json');
    return (JSON.parse(text) as { queryResult: [T] }).queryResult[0];
  }

  async signal(workflowId: string, name: string, ...input: readonly unknown[]): Promise<void> {
    const given = input.flatMap((value) => ['--input', JSON.stringify(value)]);
    await this.run('workflow', 'signal', '--workflow-id', workflowId, '--name', name, ...given);
  }

  async update(workflowId: string, name: string, input: unknown): Promise<void> {
    await this.run('workflow', 'update', 'execute', '--workflow-id', workflowId, '--name', name, '--input', JSON.stringify(input));
  }

  /** How many workflows a query of visibility finds. */
  async count(query: string): Promise<number> {
    const text = await this.run('workflow', 'count', '--query', query, '--output', 'json');
    return Number((JSON.parse(text) as { count?: string }).count ?? 0);
  }
}
