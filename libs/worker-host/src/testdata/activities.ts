import { Context, activityInfo, heartbeat } from '@temporalio/activity';
import { Secret, defineError, type SecretScrubber } from '@tributary/common';
import type { Logger } from '@tributary/common/logging';
import { withSpan } from '@tributary/clients/telemetry';

export const FIXTURE_FATAL = defineError('FIXTURE_FATAL', { recovery: 'fatal', message: 'Fatal for {host}.', fix: 'Stop asking {host}.' });
export const FIXTURE_RETRY = defineError('FIXTURE_RETRY', { recovery: 'retry', message: 'Not yet.', fix: 'Wait.' });

/** What a test sees and steers of the activities that run. */
export interface ActivityControl {
  readonly started: string[];
  readonly attempts: Map<string, number>;
  /** Resolves to let `block` finish. */
  release: Promise<void>;
}

/** Activities of the fixture; `password` is the credential that must never come out. */
export function createActivities(control: ActivityControl, scrubber: SecretScrubber, password: string, logger: Logger) {
  const begin = (input: string): void => {
    control.started.push(input);
    control.attempts.set(input, activityInfo().attempt);
  };
  return {
    async echo(input: string): Promise<string> {
      begin(input);
      logger.info('echoing');
      scrubber.add(password);
      return withSpan('fixture.echo', { input: `with ${password}` }, () => input);
    },
    async failFatally(input: string): Promise<void> {
      begin(input);
      throw FIXTURE_FATAL({ host: 'db.example' }, { cause: new Error('driver text') });
    },
    async failRetryably(input: string): Promise<void> {
      begin(input);
      throw FIXTURE_RETRY();
    },
    async leak(input: string): Promise<void> {
      begin(input);
      const release = scrubber.add(new Secret(password));
      try {
        const driver = new Error(`login with ${password} failed`);
        throw new Error(`cannot open postgres://reader:${encodeURIComponent(password)}@db/x`, { cause: driver });
      } finally {
        release();
      }
    },
    async growResult(input: string): Promise<string> {
      begin(input);
      return 'x'.repeat(300_000);
    },
    /** Runs until the test lets it, whatever happens to its worker. */
    async block(input: string): Promise<string> {
      begin(input);
      await control.release;
      return `finished ${input}`;
    },
    async blockForever(input: string): Promise<void> {
      begin(input);
      await new Promise(() => {});
    },
    /** Runs until cancelled, then fails as a driver does that was given the signal; the second attempt goes on. */
    async blockUntilCancelled(input: string): Promise<string> {
      begin(input);
      const { heartbeatDetails } = activityInfo();
      if (heartbeatDetails !== undefined) return `resumed at ${String(heartbeatDetails)}`;
      heartbeat('cursor 42');
      const { cancellationSignal } = Context.current();
      await new Promise((_, reject) => {
        cancellationSignal.addEventListener('abort', () => reject(new DOMException('The operation was aborted', 'AbortError')));
      });
      return 'never';
    },
  };
}
