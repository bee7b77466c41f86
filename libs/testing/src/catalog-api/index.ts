export { Catalog } from './catalog.js';
export type { CatalogDataset, CatalogSizes, CatalogSource } from './catalog.js';
export { startCatalogApi } from './server.js';
export type { CatalogApi, CatalogApiOptions } from './server.js';
export type { CatalogRequest } from './request-log.js';
