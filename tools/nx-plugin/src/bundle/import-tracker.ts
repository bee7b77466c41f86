import { forbiddenFile, forbiddenRequest } from './forbidden-modules.js';

/** A forbidden module and the files that lead to it, the entry first. */
export interface ForbiddenImport {
  readonly module: string;
  readonly chain: readonly string[];
}

/** The part of webpack's plugin interface that is used; webpack itself is a dependency of Temporal's bundler only. */
interface Compiler {
  hooks: { normalModuleFactory: { tap(name: string, use: (factory: ModuleFactory) => void): void } };
}
interface ModuleFactory {
  hooks: Record<'beforeResolve' | 'afterResolve', { tap(name: string, use: (data: ResolveData) => false | undefined): void }>;
}
interface ResolveData {
  request: string;
  contextInfo: { issuer: string };
  createData?: { resource?: string };
}

/**
 * A webpack plugin that leaves every forbidden module out and remembers how it was reached, so that all of them are
 * reported at once, each with its import chain, where webpack would stop at the first without saying who asked for it.
 */
export class ImportTracker {
  readonly #importers = new Map<string, string>();
  readonly #found = new Map<string, string>();

  apply(compiler: unknown): void {
    (compiler as Compiler).hooks.normalModuleFactory.tap('ImportTracker', ({ hooks }) => {
      hooks.beforeResolve.tap('ImportTracker', (data) => this.#refuse(forbiddenRequest(data.request), data));
      hooks.afterResolve.tap('ImportTracker', (data) => {
        const file = data.createData?.resource?.split('?')[0];
        if (file === undefined) return undefined;
        if (!this.#importers.has(file)) this.#importers.set(file, data.contextInfo.issuer);
        return this.#refuse(forbiddenFile(file), data);
      });
    });
  }

  /** Every forbidden module reached, in order of name. */
  forbidden(): ForbiddenImport[] {
    return [...this.#found].sort().map(([module, importer]) => ({ module, chain: this.#chainTo(importer) }));
  }

  #refuse(module: string | undefined, { contextInfo }: ResolveData): false | undefined {
    if (module === undefined) return undefined;
    if (!this.#found.has(module)) this.#found.set(module, contextInfo.issuer);
    return false;
  }

  #chainTo(file: string): string[] {
    const chain: string[] = [];
    for (let at: string | undefined = file; at && !chain.includes(at); at = this.#importers.get(at)) chain.unshift(at);
    return chain;
  }
}
