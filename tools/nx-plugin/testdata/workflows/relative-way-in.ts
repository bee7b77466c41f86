// A path into a package's folder, which a list of package names alone would not see.
export { Pool } from '../../../../node_modules/pg/lib/index.js';
