import type { Archive, Language, Publication, Specification } from '../world/entities.js';
import type { Question, QuestionMessage } from '../world/entities-questions.js';
import { pathOf } from './paths.js';
import type { Fields } from './represent.js';
import type { View } from './view.js';

export function questionFields(question: Question, view: View): Fields {
  return {
    id: question.id,
    title: question.title,
    description: question.description,
    status: question.status,
    owner_link: view.link(question.owner),
    assignee_link: view.link(question.assignee),
    answerer_link: view.link(question.answerer),
    answer_link: view.link(question.answer),
    target_link: view.link(question.target),
    language_link: view.link(question.language),
    date_created: view.date(question.dateCreated),
    date_due: view.date(question.dateDue),
    date_last_query: view.date(question.dateLastQuery),
    date_last_response: view.date(question.dateLastResponse),
    date_solved: view.date(question.dateSolved),
  };
}

export function questionMessageFields(message: QuestionMessage, view: View): Fields {
  return {
    index: message.index,
    action: message.action,
    new_status: message.newStatus,
    subject: message.subject,
    content: message.content,
    visible: message.visible,
    owner_link: view.link(message.owner),
    question_link: view.link(message.question),
    parent_link: null,
    date_created: view.date(message.dateCreated),
    date_last_edited: view.date(message.dateLastEdited),
    date_deleted: view.date(message.dateDeleted),
  };
}

export function languageFields(language: Language): Fields {
  return { code: language.code, english_name: language.englishName, text_direction: 'Left to Right', visible: true };
}

export function specificationFields(specification: Specification, view: View): Fields {
  const complete = specification.dateCompleted !== null;
  const started = specification.dateStarted !== null;
  return {
    name: specification.name,
    title: specification.title,
    summary: specification.summary,
    workitems_text: specification.workitems,
    target_link: view.link(specification.target),
    owner_link: view.link(specification.owner),
    assignee_link: view.link(specification.assignee),
    drafter_link: view.link(specification.drafter),
    approver_link: view.link(specification.approver),
    starter_link: view.link(specification.starter),
    completer_link: view.link(specification.completer),
    date_created: view.date(specification.dateCreated),
    date_started: view.date(specification.dateStarted),
    date_completed: view.date(specification.dateCompleted),
    definition_status: specification.definitionStatus,
    implementation_status: specification.implementationStatus,
    priority: specification.priority,
    information_type: 'Public',
    is_started: started,
    is_complete: complete,
    lifecycle_status: complete ? 'Complete' : started ? 'Started' : 'Not started',
  };
}

export function archiveFields(archive: Archive, view: View): Fields {
  return {
    name: archive.name,
    displayname: archive.displayName,
    reference: archive.main ? archive.distribution.name : pathOf(archive).replace('/+archive', ''),
    owner_link: view.link(archive.owner),
    distribution_link: view.link(archive.distribution),
    private: archive.private,
    publish: true,
    status: 'Active',
    publishing_method: 'Local',
    repository_format: 'Debian',
  };
}

export function publicationFields(publication: Publication, view: View): Fields {
  const { archive, source, version, series } = publication;
  return {
    display_name: `${source} ${version} in ${series.name}`,
    archive_link: view.link(archive),
    distro_series_link: view.link(series),
    source_package_name: source,
    source_package_version: version,
    component_name: publication.component,
    section_name: 'devel',
    pocket: publication.pocket,
    status: publication.status,
    creator_link: view.link(publication.creator),
    package_creator_link: view.link(publication.packageCreator),
    package_maintainer_link: view.link(publication.packageMaintainer),
    package_signer_link: view.link(publication.packageSigner),
    sponsor_link: view.link(publication.sponsor),
    copied_from_archive_link: view.link(publication.copiedFrom),
    date_created: view.date(publication.dateCreated),
    date_published: view.date(publication.datePublished),
    date_superseded: view.date(publication.dateSuperseded),
  };
}
