import { createDataConverter } from '@tributary/clients/temporal';

const codec = { encode: async () => [], decode: async () => [] };
console.log(JSON.stringify({ ...createDataConverter({ codec }), failed: new Error('where').stack }));
