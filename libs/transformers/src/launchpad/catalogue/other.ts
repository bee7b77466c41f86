import { bodyOf, integer, text, wholeText, type EventDefinition, type Properties } from './definition.js';

const blueprint = (when: string, kind: string, actor: string, more: Properties = {}): EventDefinition => ({
  when,
  actor: `\`${actor}\` of the blueprint`,
  time: `\`date_${kind}\` of the blueprint`,
  id: `blueprint-{target}/{name}-${kind}`,
  parent: 'blueprint-{target}/{name}',
  properties: {
    target: wholeText('What it is for: `ubuntu`'),
    name: wholeText('Name of the blueprint in its target'),
    definition_status: text('Status of its definition as it is now'),
    implementation_status: text('Status of its implementation as it is now'),
    priority: text('Priority as it is now'),
    ...more,
  },
  required: ['target', 'name'],
  people: {
    assignee: 'Who is to implement it, as it is now: Launchpad does not say since when',
    drafter: 'Who is to write it, as it is now',
    approver: 'Who is to approve it, as it is now',
  },
});

const upload = (when: string, actor: string, more: Properties = {}, required: readonly string[] = []): EventDefinition => ({
  when,
  actor,
  time: '`date_created` of the publication; `date_published` when that is null',
  id: 'package-upload-{publication}',
  parent: 'package-{source package}',
  properties: {
    package: wholeText('Name of the source package'),
    version: text('Its version'),
    archive: text('The archive, without the person that owns it: `ubuntu/+archive/primary`, `+archive/ubuntu/ppa`'),
    series: text('The series: `ubuntu/noble`'),
    pocket: text('`Release`, `Updates`, …'),
    component: text('`main`, …'),
    section: text('`web`, …'),
    status: text('Status of the publication as it is now'),
    ...more,
  },
  required: ['package', ...required],
  people: {
    archive_owner: 'Who owns the archive; null for archives of a distribution',
    creator: 'Who last changed the package, by its changelog',
    signer: 'Who signed the upload',
    sponsor: 'Who uploaded or copied it for somebody else',
    copier: 'Who made the publication',
    maintainer: 'Who maintains the package',
  },
});

const membership = (when: string, id: string, timeField: string): EventDefinition => ({
  when,
  actor: 'null: Launchpad does not say who did it',
  time: `\`${timeField}\` of the membership`,
  id,
  parent: 'team-{team}',
  properties: { team: wholeText('Name of the team'), status: text('Status of the membership as it is now') },
  required: ['team'],
  people: { member: 'Who' },
});

export const OTHER_EVENTS = {
  'blueprint.created': blueprint('A blueprint was registered', 'created', 'owner_link', {
    title: text('Title'),
    work_items: integer('Work items as they are now'),
    work_items_done: integer('Work items that are done'),
    ...bodyOf('summary', 'the summary'),
  }),
  'blueprint.started': blueprint('The implementation of a blueprint began', 'started', 'starter_link'),
  'blueprint.completed': blueprint('A blueprint was completed', 'completed', 'completer_link'),
  'package.uploaded': upload('A source package was uploaded', '`package_signer_link`; `package_creator_link` when nobody signed'),
  'package.copied': upload(
    'A source package was copied out of another archive',
    '`sponsor_link` of the publication; `creator_link` when nobody sponsored',
    { copied_from: wholeText('The other archive, without the person that owns it') },
    ['copied_from'],
  ),
  'team.joined': membership('Somebody became a direct member of a team', 'team-{team}-member-{time of joining}-joined', 'date_joined'),
  'team.left': membership(
    'A membership expired; Launchpad keeps no time of other ways to leave',
    'team-{team}-member-{time of joining}-left-{time}',
    'date_expires',
  ),
} as const satisfies Readonly<Record<string, EventDefinition>>;
