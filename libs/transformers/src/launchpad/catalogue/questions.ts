import { bodyOf, id, MESSAGE, text, type EventDefinition, type Properties } from './definition.js';

const QUESTION: Properties = { question_id: id('Id of the question') };
const parent = 'question-{question}';

const message = (when: string, eventId = 'question-{question}-message-{index}'): EventDefinition => ({
  when,
  actor: '`owner_link` of the message',
  time: '`date_created` of the message',
  id: eventId,
  parent,
  properties: {
    ...QUESTION,
    index: id('Number of the message in the question, as in its address'),
    action: text('What was done, in Launchpad’s words'),
    new_status: text('Status of the question after it'),
    subject: text('Subject'),
    ...MESSAGE,
  },
  required: ['question_id', 'index', 'deleted'],
  people: {},
});

export const QUESTION_EVENTS = {
  'question.asked': {
    when: 'A question was asked',
    actor: '`owner_link` of the question',
    time: '`date_created` of the question',
    id: 'question-{question}-created',
    parent,
    properties: {
      ...QUESTION,
      title: text('Title'),
      status: text('Status as it is now'),
      target: text('What it is about: `ubuntu/+source/firefox`'),
      language: text('Code of its language: `en`'),
      ...bodyOf('description', 'the description'),
    },
    required: ['question_id'],
    people: { assignee: 'Who is to answer it' },
  },
  'question.answered': message('An answer was given'),
  'question.solved': message(
    'The question was solved: an answer was confirmed, the asker answered, or somebody set the status Solved',
    'question-{question}-message-{index}, or question-{question}-message-{index}-solved beside the other action',
  ),
  'question.info_requested': message('More information was asked for'),
  'question.info_given': message('More information was given'),
  'question.commented': message('A comment was made'),
  'question.rejected': message('The question was rejected'),
  'question.expired': message('The question expired'),
  'question.reopened': message('The question was opened again'),
  'question.status_changed': message('Somebody set another status'),
  'question.changed': message('A message with an action that this version does not know, or that is not readable'),
} as const satisfies Readonly<Record<string, EventDefinition>>;
