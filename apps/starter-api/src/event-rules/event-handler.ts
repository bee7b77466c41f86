import { isCodedError, UNEXPECTED_ERROR, type CodedError } from '@tributary/common';
import type { Logger } from '@tributary/common/logging';
import { IDEMPOTENCY_KEY_REUSED, RUN_ALREADY_RUNNING } from '../errors.js';
import { ApiProblem } from '../problems/api-problem.js';
import { startRun } from '../runs/run-starter.js';
import type { ApiServices } from '../services.js';
import { publishDeadLetter } from './dead-letters.js';
import type { SavedRule } from './event-rule-store.js';
import { assertUsable, parseEvent, type ReceivedEvent } from './received-event.js';
import { fitsAttributes, fitsData, orderOfRule } from './start-of-rule.js';

/** What the sidecar is answered: the event is done with, or is to be delivered again. */
export type Delivery = 'SUCCESS' | 'RETRY';

type Outcome = 'started' | 'unmatched' | 'dead-letter' | 'retry';

/** Handles events that a sidecar delivers, each as often as it is delivered, with the same effect as once. */
export class EventHandler {
  private readonly events: { inc(labels: { readonly topic: string; readonly outcome: Outcome }): void };

  constructor(private readonly services: ApiServices) {
    this.events = services.metrics.counter({ name: 'api_events_total', help: 'Events that were delivered, by topic and what became of them', labels: ['topic', 'outcome'] });
  }

  /**
   * Starts what the rules of the topic say. What can never be handled is published to the dead-letter topic with its
   * reason; what cannot be handled now, and what cannot be published, is to be delivered again.
   */
  async handle(topic: string, bytes: Buffer, log: Logger): Promise<Delivery> {
    let event: ReceivedEvent | undefined;
    try {
      event = parseEvent(bytes);
      const rules = (await this.services.eventRules.ofTopic(topic)).filter((rule) => fitsAttributes(rule, event as ReceivedEvent));
      if (rules.length === 0) return this.done(topic, 'unmatched');
      assertUsable(event, bytes.length);
      const matching = rules.filter((rule) => fitsData(rule, event as ReceivedEvent));
      if (matching.length === 0) return this.done(topic, 'unmatched');
      const outcomes: Delivery[] = [];
      for (const rule of matching) outcomes.push(await this.apply(rule, topic, event, bytes, log));
      return outcomes.includes('RETRY') ? 'RETRY' : 'SUCCESS';
    } catch (error) {
      return this.failed(error, { topic, rule: undefined, event, bytes }, log);
    }
  }

  private async apply(rule: SavedRule, topic: string, event: ReceivedEvent, bytes: Buffer, log: Logger): Promise<Delivery> {
    try {
      const run = await startRun(this.services.client, await orderOfRule(this.services, rule, event));
      log.info({ rule: rule.name, topic, workflowId: run.workflowId, runId: run.runId }, 'run of an event');
      return this.done(topic, 'started');
    } catch (error) {
      // It was started by an earlier delivery, before the rule or its configuration was changed.
      if (codedOf(error)?.code === IDEMPOTENCY_KEY_REUSED.code) return this.done(topic, 'started');
      return this.failed(error, { topic, rule: rule.name, event, bytes }, log);
    }
  }

  private async failed(
    error: unknown,
    about: { readonly topic: string; readonly rule: string | undefined; readonly event: ReceivedEvent | undefined; readonly bytes: Buffer },
    log: Logger,
  ): Promise<Delivery> {
    const { topic, rule } = about;
    const coded = codedOf(error);
    // One extraction of a connection at a time: the event waits for its turn.
    const isPassing = !coded || coded.recovery === 'retry' || coded.code === RUN_ALREADY_RUNNING.code;
    const reason = coded ?? UNEXPECTED_ERROR({ message: 'its text is in the log only' }, { cause: error });
    if (isPassing) {
      log.warn({ topic, rule, code: reason.code, ...(coded ? {} : { err: error as Error }) }, 'event to be delivered again');
      return this.done(topic, 'retry', 'RETRY');
    }
    try {
      await publishDeadLetter(this.services.events.bus, { ...about, reason });
    } catch (failure) {
      log.error({ topic, rule, code: reason.code, err: failure as Error }, 'dead letter not published; the event is to be delivered again');
      return this.done(topic, 'retry', 'RETRY');
    }
    log.warn({ topic, rule, code: reason.code }, 'event put to the dead letters');
    return this.done(topic, 'dead-letter');
  }

  private done(topic: string, outcome: Outcome, delivery: Delivery = 'SUCCESS'): Delivery {
    this.events.inc({ topic, outcome });
    return delivery;
  }
}

function codedOf(error: unknown): CodedError | undefined {
  if (error instanceof ApiProblem) return error.cause;
  return isCodedError(error) ? error : undefined;
}
