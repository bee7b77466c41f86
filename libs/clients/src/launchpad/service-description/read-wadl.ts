import { XMLParser } from 'fast-xml-parser';
import type {
  FieldDescription,
  OperationDescription,
  ParameterDescription,
  ResourceDescription,
  ServiceDescription,
  ValueType,
} from './description.js';
import { COMMON_FIELDS } from './description.js';
import { isListOfChoices, isNullable, untypedField, untypedParameter } from './value-types.js';

interface Parameter {
  readonly name: string;
  readonly type?: string;
  readonly required?: string;
  readonly fixed?: string;
  readonly link?: readonly (string | { readonly resource_type?: string })[];
  readonly option?: readonly { readonly value: string }[];
}
interface Representation {
  readonly id?: string;
  readonly href?: string;
  readonly param?: readonly Parameter[];
}
interface Method {
  readonly id: string;
  readonly name: string;
  readonly request?: readonly { readonly param?: readonly Parameter[] }[];
  readonly response?: readonly { readonly representation?: readonly Representation[] }[];
}
interface Application {
  readonly resources: readonly { readonly base: string }[];
  readonly resource_type: readonly { readonly id: string; readonly method?: readonly Method[] }[];
  readonly representation: readonly Representation[];
}

const LISTS = new Set(['resources', 'resource_type', 'representation', 'method', 'param', 'link', 'option', 'request', 'response']);

/**
 * Makes a service description out of Launchpad's WADL, restricted to the types and operations of `selection`.
 * @throws Error when the WADL lacks one of them
 */
export function readWadl(wadl: string, selection: Readonly<Record<string, readonly string[]>>): ServiceDescription {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    removeNSPrefix: true,
    parseAttributeValue: false,
    ignoreDeclaration: true,
    // The documentation is HTML, and none of it is wanted.
    stopNodes: ['*.doc'],
    isArray: (name, _path, _leaf, isAttribute) => !isAttribute && LISTS.has(name),
  });
  const { application } = parser.parse(wadl) as { application: Application };
  return new WadlReader(application, selection).read();
}

class WadlReader {
  readonly #types: ReadonlyMap<string, readonly Method[]>;
  readonly #representations: ReadonlyMap<string, readonly Parameter[]>;

  constructor(
    private readonly application: Application,
    private readonly selection: Readonly<Record<string, readonly string[]>>,
  ) {
    this.#types = new Map(application.resource_type.map(({ id, method }) => [id, method ?? []]));
    this.#representations = new Map(application.representation.map(({ id = '', param }) => [id, param ?? []]));
  }

  read(): ServiceDescription {
    const version = /\/([^/]+)\/$/.exec(this.application.resources[0]?.base ?? '')?.[1] ?? '';
    const root = this.#parameters('service-root-json')
      .map((field) => [field.name, { to: idOf(linkOf(field)) }] as const)
      .filter(([, { to }]) => to in this.selection);
    const types = Object.keys(this.selection).map((name) => [name, this.#resource(name)] as const);
    return { version, root: sorted(root), types: sorted(types) };
  }

  #resource(name: string): ResourceDescription {
    const methods = this.#types.get(name);
    if (!methods) throw new Error(`The WADL has no resource type "${name}"`);
    const operations = sorted((this.selection[name] ?? []).map((each) => [each, this.#operation(name, each)] as const));
    if (!this.#representations.has(`${name}-full`)) {
      const page = methods.find(({ id }) => id === `${name}-get`)?.response?.[0]?.representation?.[0]?.href;
      return { kind: 'collection', of: idOf(page).replace(/-page$/, ''), operations };
    }
    const fields = this.#parameters(`${name}-full`);
    const common = new Set<string>(COMMON_FIELDS);
    const writable = new Set(this.#parameters(`${name}-diff`).map((field) => field.name));
    return {
      kind: 'entry',
      webLink: fields.some((field) => field.name === 'web_link'),
      fields: sorted(
        fields
          .filter((field) => !common.has(field.name))
          .map((field) => [field.name, fieldOf(field, writable.has(field.name))] as const),
      ),
      operations,
    };
  }

  #operation(type: string, operation: string): OperationDescription {
    const method = this.#types.get(type)?.find(({ id, name }) => id === `${type}-${operation}` && name === 'GET');
    if (!method) throw new Error(`The WADL has no operation "${operation}" of "${type}" that reads`);
    const parameters = (method.request?.[0]?.param ?? [])
      .filter(({ fixed }) => fixed === undefined)
      .map((parameter) => [parameter.name, this.#parameter(operation, parameter)] as const);
    const returned = idOf(method.response?.[0]?.representation?.[0]?.href);
    const [, of, form] = /^(.*)-(page|full)$/.exec(returned) ?? [];
    if (of === undefined) return { returns: 'value', parameters: sorted(parameters) };
    return { returns: form === 'page' ? 'page' : 'entry', of, parameters: sorted(parameters) };
  }

  #parameter(operation: string, parameter: Parameter): ParameterDescription {
    const declared = declaredType(parameter);
    const type = declared
      ? { ...declared, ...(isListOfChoices(operation, parameter.name) && { list: true as const }) }
      : untypedParameter(operation, parameter.name, (owner, field) => this.#options(owner, field));
    return { ...type, ...(parameter.required === 'true' && { required: true as const }) };
  }

  #options(type: string, field: string): readonly string[] {
    const found = this.#parameters(`${type}-full`).find(({ name }) => name === field);
    if (!found?.option) throw new Error(`The WADL has no choices of field "${field}" of "${type}"`);
    return found.option.map(({ value }) => value);
  }

  #parameters(representation: string): readonly Parameter[] {
    return this.#representations.get(representation) ?? [];
  }
}

function fieldOf(field: Parameter, writable: boolean): FieldDescription {
  const type = declaredType(field) ?? untypedField(field.name);
  const required = field.required === 'true';
  const nullable = isNullable(field.name, type, required);
  return { ...type, required, nullable, ...(writable && { writable: true as const }) };
}

/** The type that the WADL declares; undefined when it declares none. */
function declaredType(parameter: Parameter): ValueType | undefined {
  const link = linkOf(parameter);
  if (parameter.type === 'binary' || idOf(link) === 'HostedFile') return { type: 'file' };
  if (link?.endsWith('-page-resource')) return { type: 'collection', to: idOf(link).replace(/-page-resource$/, '') };
  if (link !== undefined) return { type: 'link', to: idOf(link) };
  if (parameter.option) return { type: 'enum', values: parameter.option.map(({ value }) => value) };
  if (parameter.type === 'xsd:dateTime') return { type: 'dateTime' };
  return parameter.type === 'xsd:date' ? { type: 'date' } : undefined;
}

function linkOf({ link }: Parameter): string | undefined {
  const first = link?.[0];
  return typeof first === 'object' ? first.resource_type : undefined;
}

function idOf(href: string | undefined): string {
  return href?.replace(/^.*#/, '') ?? '';
}

function sorted<V>(entries: readonly (readonly [string, V])[]): Record<string, V> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
