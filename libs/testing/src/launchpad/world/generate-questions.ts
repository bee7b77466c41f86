import type { Question, QuestionAction } from './entities-questions.js';
import type { Person } from './entities.js';
import { actors, beginnings, type GeneratorContext, later, paragraph, projects, title } from './generator.js';

/** Courses that a question takes; `*` is somebody else than its owner. */
const COURSES: readonly (readonly (readonly [QuestionAction, 'owner' | '*'])[])[] = [
  [],
  [['Answer', '*']],
  [
    ['Answer', '*'],
    ['Confirm', 'owner'],
  ],
  [
    ['Answer', '*'],
    ['Confirm', 'owner'],
    ['Reopen', 'owner'],
    ['Answer', '*'],
    ['Confirm', 'owner'],
  ],
  [
    ['Request for more information', '*'],
    ['Give more information', 'owner'],
    ['Answer', '*'],
  ],
  [['Request for more information', '*']],
  [
    ['Request for more information', '*'],
    ['Expire', '*'],
  ],
  [['Reject', '*']],
  [
    ['Comment', '*'],
    ['Comment', 'owner'],
    ['Answer', 'owner'],
  ],
  [
    ['Answer', '*'],
    ['Change status', '*'],
  ],
];

export function generateQuestions(context: GeneratorContext, count: number): void {
  const { world, random } = context;
  const people = actors(context);
  const targets = [...projects(context).map(({ name }) => name), 'ubuntu'];
  for (const at of beginnings(context, count)) {
    const question = world.questions.ask({
      owner: random.pick(people),
      target: random.pick(targets),
      title: title(context),
      description: paragraph(context),
      language: random.pick(['en', 'en', 'en', 'de', 'es']),
      ...(random.chance(0.2) ? { assignee: random.pick(people) } : {}),
      at,
    });
    let time = at;
    for (const [action, who] of random.pick(COURSES)) {
      time = later(context, time);
      take(context, question, action, who === 'owner' ? question.owner : other(context, people, question), time);
    }
  }
}

function other({ random, world }: GeneratorContext, people: readonly Person[], question: Question): Person {
  const person = random.pick(people);
  return person === question.owner ? world.people.get('launchpad-janitor') : person;
}

function take(context: GeneratorContext, question: Question, action: QuestionAction, by: Person, at: number): void {
  const { world, random } = context;
  const answer = question.messages.findLast((message) => message.action === 'Answer');
  const message = world.questions.message(question, action, {
    by,
    at,
    content: paragraph(context),
    ...(action === 'Confirm' && answer !== undefined ? { confirms: answer } : {}),
    ...(action === 'Change status' ? { status: 'Invalid' as const } : {}),
  });
  if (random.chance(0.03)) world.questions.hideMessage(message);
}
