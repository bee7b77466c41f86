import {
  type FieldDescription,
  type OperationDescription,
  type ResourceDescription,
  serviceDescription,
  type ValueType,
} from '../representation/service-description.js';
import { fieldsIn, olderFields, operationIn, typeIn } from '../representation/versions.js';
import type { Version } from '../representation/view.js';

const cache = new Map<string, string>();

/** The service's description of itself: what launchpadlib learns all of its types, links and operations from. */
export function wadl(base: string, version: Version): string {
  const known = cache.get(base);
  if (known !== undefined) return known;
  const { types, root } = serviceDescription();
  const served = Object.entries(types).filter(([name]) => typeIn(version, name));
  const links = Object.entries(root).filter(([, { to }]) => typeIn(version, to));
  const parts = [
    '<?xml version="1.0"?>',
    '<wadl:application xmlns="http://research.sun.com/wadl/2006/10" xmlns:wadl="http://research.sun.com/wadl/2006/10" xmlns:xsd="http://www.w3.org/2001/XMLSchema">',
    `<wadl:resources base="${base}"><wadl:resource path="" type="#service-root"/></wadl:resources>`,
    '<wadl:resource_type id="service-root"><wadl:method name="GET" id="service-root-get"><wadl:response>',
    '<wadl:representation href="#service-root-json"/>',
    '<wadl:representation mediaType="application/vnd.sun.wadl+xml" id="service-root-wadl"/>',
    '</wadl:response></wadl:method></wadl:resource_type>',
    '<wadl:representation mediaType="application/json" id="service-root-json">',
    ...links.map(([name, { to }]) => linkParam(name, `${base}#${to}`)),
    '</wadl:representation>',
    ...served.map(([name, type]) =>
      type.kind === 'collection' ? collectionType(name, type, base, version) : entryType(name, type, base, version),
    ),
    ...undescribed().map((name) => entryType(name, { kind: 'entry', operations: {} }, base, version)),
    '<wadl:resource_type id="HostedFile"><wadl:method name="GET" id="HostedFile-get"><wadl:response>',
    '<wadl:representation status="303"><wadl:param style="header" name="Location"/></wadl:representation>',
    '</wadl:response></wadl:method></wadl:resource_type>',
    '<wadl:resource_type id="ScalarValue"><wadl:method name="GET" id="ScalarValue-get"><wadl:response>',
    '<wadl:representation mediaType="application/json"/></wadl:response></wadl:method></wadl:resource_type>',
    '<xsd:simpleType name="binary"><xsd:list itemType="byte"/></xsd:simpleType>',
    '</wadl:application>',
  ];
  const text = parts.join('\n');
  cache.set(base, text);
  return text;
}

/** Types that described fields link to and that have no description: shells, so that each link has a type. */
function undescribed(): readonly string[] {
  const { types } = serviceDescription();
  const names = Object.values(types).flatMap(({ fields = {} }) =>
    Object.values(fields).flatMap(({ to }) => (to === undefined ? [] : [to])),
  );
  return [...new Set(names)].filter((name) => types[name] === undefined).sort();
}

function collectionType(name: string, type: ResourceDescription, base: string, version: Version): string {
  const of = type.of ?? '';
  return [
    `<wadl:resource_type id="${name}">`,
    `<wadl:method name="GET" id="${name}-get"><wadl:response>`,
    `<wadl:representation href="${base}#${of}-page"/>`,
    `<wadl:representation mediaType="application/vnd.sun.wadl+xml" id="${name}-wadl"/>`,
    '</wadl:response></wadl:method>',
    operations(name, type, base, version),
    '</wadl:resource_type>',
  ].join('');
}

function entryType(name: string, type: ResourceDescription, base: string, version: Version): string {
  const full = `${base}#${name}-full`;
  const described = type.fields ?? {};
  const names = fieldsIn(version, name, Object.keys(described));
  return [
    `<wadl:resource_type id="${name}">`,
    `<wadl:method name="GET" id="${name}-get"><wadl:response>`,
    `<wadl:representation href="${full}"/>`,
    `<wadl:representation mediaType="application/xhtml+xml" id="${name}-xhtml"/>`,
    `<wadl:representation mediaType="application/vnd.sun.wadl+xml" id="${name}-wadl"/>`,
    '</wadl:response></wadl:method>',
    `<wadl:method name="PUT" id="${name}-put"><wadl:request><wadl:representation href="${full}"/></wadl:request></wadl:method>`,
    `<wadl:method name="PATCH" id="${name}-patch"><wadl:request><wadl:representation href="${base}#${name}-diff"/></wadl:request></wadl:method>`,
    operations(name, type, base, version),
    '</wadl:resource_type>',
    `<wadl:representation mediaType="application/json" id="${name}-full">`,
    linkParam('self_link', `${base}#${name}`),
    type.webLink === false ? '' : linkParam('web_link'),
    linkParam('resource_type_link'),
    plainParam('http_etag'),
    ...names.map((field) => fieldParam(field, described[field], base)),
    ...Object.keys(olderFields(version, name)).map((field) => plainParam(field)),
    '</wadl:representation>',
    `<wadl:representation mediaType="application/json" id="${name}-diff">`,
    ...names.map((field) => (described[field]?.writable === true ? fieldParam(field, described[field], base) : '')),
    '</wadl:representation>',
    page(name, base),
  ].join('');
}

function page(name: string, base: string): string {
  return [
    `<wadl:resource_type id="${name}-page-resource"><wadl:method name="GET" id="${name}-page-resource-get"><wadl:response>`,
    `<wadl:representation href="#${name}-page"/></wadl:response></wadl:method></wadl:resource_type>`,
    `<wadl:representation mediaType="application/json" id="${name}-page">`,
    linkParam('resource_type_link'),
    plainParam('total_size'),
    linkParam('total_size_link', '#ScalarValue'),
    plainParam('start'),
    linkParam('next_collection_link', `#${name}-page-resource`),
    linkParam('prev_collection_link', `#${name}-page-resource`),
    plainParam('entries'),
    `<wadl:param style="plain" name="entry_links" path="$['entries'][*]['self_link']"><wadl:link resource_type="${base}#${name}"/></wadl:param>`,
    '</wadl:representation>',
  ].join('');
}

function operations(on: string, type: ResourceDescription, base: string, version: Version): string {
  return Object.entries(type.operations)
    .filter(([name]) => operationIn(version, name))
    .map(([name, operation]) => operationMethod(on, name, operation, base))
    .join('');
}

function operationMethod(on: string, name: string, operation: OperationDescription, base: string): string {
  const of = operation.of ?? '';
  const returns = {
    page: `href="${base}#${of}-page"`,
    entry: `href="${base}#${of}-full"`,
    value: 'mediaType="application/json"',
  }[operation.returns];
  return [
    `<wadl:method id="${on}-${name}" name="GET"><wadl:request>`,
    `<wadl:param style="query" name="ws.op" required="true" fixed="${name}"/>`,
    ...Object.entries(operation.parameters).map(
      ([parameter, { required, ...type }]) =>
        `<wadl:param style="query" name="${parameter}" required="${required === true}"${xsdType(type)}>${details(type, base)}</wadl:param>`,
    ),
    `</wadl:request><wadl:response>${operation.returns === 'value' ? '' : `<wadl:representation ${returns}/>`}</wadl:response></wadl:method>`,
  ].join('');
}

function fieldParam(name: string, field: FieldDescription | undefined, base: string): string {
  if (field === undefined) return '';
  return `<wadl:param style="plain" name="${name}" required="${field.required}" path="$['${name}']"${xsdType(field)}>${details(field, base)}</wadl:param>`;
}

function details(type: ValueType, base: string): string {
  switch (type.type) {
    case 'enum':
      // A list's values are not listed: launchpadlib would take the list for one value and refuse it.
      return type.list === true
        ? ''
        : (type.values ?? []).map((value) => `<wadl:option value="${escape(value)}"/>`).join('');
    case 'link':
      return `<wadl:link resource_type="${base}#${type.to ?? ''}"/>`;
    case 'collection':
      return `<wadl:link resource_type="${base}#${type.to ?? ''}-page-resource"/>`;
    case 'file':
      return `<wadl:link resource_type="${base}#HostedFile"/>`;
    default:
      return '';
  }
}

function xsdType({ type }: ValueType): string {
  if (type === 'dateTime') return ' type="xsd:dateTime"';
  if (type === 'date') return ' type="xsd:date"';
  return type === 'file' ? ' type="binary"' : '';
}

function linkParam(name: string, type?: string): string {
  const target = type === undefined ? '' : ` resource_type="${type}"`;
  return `<wadl:param style="plain" name="${name}" path="$['${name}']"><wadl:link${target}/></wadl:param>`;
}

function plainParam(name: string): string {
  return `<wadl:param style="plain" name="${name}" path="$['${name}']"/>`;
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
