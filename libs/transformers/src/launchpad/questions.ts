import type { EventDraft } from '@tributary/workflow-contracts/etl';
import type { EventType } from './catalogue/index.js';
import { checked } from './draft.js';
import type { QuestionMessageRecord, QuestionRecord } from './records/index.js';
import { body, messageProperties } from './text/bodies.js';

const ACTIONS: ReadonlyMap<string, EventType> = new Map([
  ['Answer', 'question.answered'],
  ['Confirm', 'question.solved'],
  ['Request for more information', 'question.info_requested'],
  ['Give more information', 'question.info_given'],
  ['Comment', 'question.commented'],
  ['Reject', 'question.rejected'],
  ['Expire', 'question.expired'],
  ['Reopen', 'question.reopened'],
  ['Change status', 'question.status_changed'],
]);

/** `question.asked`. */
export function questionEvents({ question, bodies }: QuestionRecord): readonly EventDraft[] {
  const number = checked('a question').number('self_link', question.self_link, '+question');
  const parentId = `question-${number}`;
  const check = checked(parentId);
  const target = check.path('target_link', question.target_link);
  return [
    check.event({
      type: 'question.asked',
      id: `${parentId}-created`,
      parentId,
      time: check.time('date_created', question.date_created),
      actor: check.person('owner_link', question.owner_link),
      properties: {
        question_id: number,
        title: question.title,
        status: question.status,
        target: target && target.path,
        language: question.language_link && question.language_link.replace(/^.*\//u, ''),
        ...body('description', question.description, bodies),
      },
      people: { assignee: check.person('assignee_link', question.assignee_link) },
    }),
  ];
}

/** What the message's action says; beside it `question.solved` when an answer of the asker, or a status set by hand, solved the question. */
export function questionMessageEvents({ question, message, bodies }: QuestionMessageRecord): readonly EventDraft[] {
  const parentId = `question-${question}`;
  const check = checked(`${parentId}, a message`);
  check.number('self_link', message.self_link, '+question', question);
  const index = check.number('self_link', message.self_link, 'messages');
  const type = ACTIONS.get(message.action ?? '') ?? 'question.changed';
  const event = check.event({
    type,
    id: `${parentId}-message-${index}`,
    parentId,
    time: check.time('date_created', message.date_created),
    actor: check.person('owner_link', message.owner_link),
    properties: {
      question_id: question,
      index,
      action: message.action,
      new_status: message.new_status,
      subject: message.subject,
      ...messageProperties(message, bodies),
    },
  });
  // A comment on a solved question has the status Solved too, without having set it.
  const solved = (type === 'question.answered' || type === 'question.status_changed') && message.new_status === 'Solved';
  return solved ? [event, { ...event, type: 'question.solved', id: `${event.id}-solved` }] : [event];
}
