import { createHash } from 'node:crypto';

import type { Entity } from '../world/entities.js';
import { bugActivityFields, bugFields, bugTaskFields, messageFields } from './fields-bugs.js';
import {
  branchFields,
  codeReviewCommentFields,
  previewDiffFields,
  proposalFields,
  repositoryFields,
  voteFields,
} from './fields-code.js';
import {
  archiveFields,
  languageFields,
  publicationFields,
  questionFields,
  questionMessageFields,
  specificationFields,
} from './fields-other.js';
import { membershipFields, personFields } from './fields-people.js';
import {
  distributionFields,
  milestoneFields,
  pillarFields,
  projectFields,
  seriesFields,
  sourcePackageFields,
} from './fields-pillars.js';
import { pathOf } from './paths.js';
import { serviceDescription, type FieldDescription } from './service-description.js';
import { fieldsIn, olderFields } from './versions.js';
import { encodePath, type Json, type View } from './view.js';

/** The values that a type's entities really have; the rest of the described fields get what an unused field has. */
export type Fields = Readonly<Record<string, Json>>;

export interface Representation {
  readonly [field: string]: Json;
  readonly http_etag: string;
}

/** An entity as JSON, in the version and for the caller of the view. */
export function represent(entity: Entity, view: View): Representation {
  const self = view.self(entity);
  const description = serviceDescription().types[entity.type];
  const described = description?.fields ?? {};
  const values = fieldsOf(entity, view);
  const head: Record<string, Json> = { self_link: self };
  if (description?.webLink !== false) head['web_link'] = `${view.web}${encodePath(pathOf(entity))}`;
  head['resource_type_link'] = view.typeLink(entity.type);

  const readOnly = createHash('sha1').update(JSON.stringify(head));
  const writable = createHash('sha1');
  for (const name of fieldsIn(view.version, entity.type, Object.keys(described))) {
    const field = described[name];
    if (field === undefined) continue;
    const value = values[name] ?? unused(name, field, self, values);
    head[name] = value;
    (field.writable === true ? writable : readOnly).update(`${name}\0${JSON.stringify(value)}\0`);
  }
  Object.assign(head, olderFields(view.version, entity.type));
  return { ...head, http_etag: `"${readOnly.digest('hex')}-${writable.digest('hex')}"` };
}

function unused(name: string, field: FieldDescription, self: string, values: Fields): Json {
  if (name in values) return null;
  if (field.type === 'collection') return `${self}/${name.slice(0, -'_collection_link'.length)}`;
  if (field.type === 'file') return `${self}/${name.slice(0, -'_link'.length)}`;
  if (field.list === true) return [];
  if (field.nullable) return null;
  switch (field.type) {
    case 'boolean':
      return false;
    case 'int':
    case 'float':
      return 0;
    case 'enum':
      return field.values?.[0] ?? null;
    case 'string':
      return '';
    case 'date':
    case 'dateTime':
    case 'json':
    case 'link':
      return null;
  }
}

function fieldsOf(entity: Entity, view: View): Fields {
  switch (entity.type) {
    case 'person':
    case 'team':
      return personFields(entity, view);
    case 'team_membership':
      return membershipFields(entity, view);
    case 'project':
      return projectFields(entity, view);
    case 'project_group':
      return pillarFields(entity, view);
    case 'distribution':
      return distributionFields(entity, view);
    case 'distro_series':
      return seriesFields(entity, view);
    case 'distribution_source_package':
      return sourcePackageFields(entity, view);
    case 'milestone':
      return milestoneFields(entity, view);
    case 'bug':
      return bugFields(entity, view);
    case 'bug_task':
      return bugTaskFields(entity, view);
    case 'bug_activity':
      return bugActivityFields(entity, view);
    case 'message':
      return messageFields(entity, view);
    case 'git_repository':
      return repositoryFields(entity, view);
    case 'branch':
      return branchFields(entity, view);
    case 'branch_merge_proposal':
      return proposalFields(entity, view);
    case 'code_review_comment':
      return codeReviewCommentFields(entity, view);
    case 'code_review_vote_reference':
      return voteFields(entity, view);
    case 'preview_diff':
      return previewDiffFields(entity, view);
    case 'question':
      return questionFields(entity, view);
    case 'question_message':
      return questionMessageFields(entity, view);
    case 'language':
      return languageFields(entity);
    case 'specification':
      return specificationFields(entity, view);
    case 'archive':
      return archiveFields(entity, view);
    case 'source_package_publishing_history':
      return publicationFields(entity, view);
  }
}
