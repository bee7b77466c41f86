import { isCodedError } from '../index.js';
import {
  boolean,
  defineConfig,
  enumOf,
  integer,
  loadConfig,
  loggingVariables,
  objectStoreVariables,
  secret,
  secretRef,
  string,
  temporalVariables,
  url,
  workerHostVariables,
  type Environment,
} from './index.js';

const schema = defineConfig({
  app: 'spec-app',
  description: 'An app.',
  variables: {
    ...temporalVariables,
    ...workerHostVariables,
    ...loggingVariables,
    strict: boolean('SPEC_STRICT', { default: false, description: 'Strict.' }),
    mode: enumOf('SPEC_MODE', ['fast', 'safe'], { default: 'safe', description: 'Mode.' }),
    keys: secretRef('SPEC_KEYS', { description: 'Keys.' }),
    token: secret('SPEC_TOKEN', { description: 'Token.' }),
    name: string('SPEC_NAME', { pattern: /^[a-z]+$/, allowed: 'lower-case letters', required: true, description: 'Name.' }),
    home: url('SPEC_HOME', { protocols: ['https'], description: 'Home.' }),
  },
});

const problemsOf = (env: Environment): string => {
  try {
    loadConfig(schema, { SPEC_NAME: 'x', ...env });
  } catch (error) {
    if (isCodedError(error)) return error.message;
    throw error;
  }
  return '';
};

describe('loadConfig', () => {
  it('gives typed values, defaults where nothing is set, and undefined where there is no default', () => {
    const config = loadConfig(schema, { SPEC_NAME: 'x', TRIBUTARY_HEALTH_PORT: '0', SPEC_STRICT: 'true', SPEC_TOKEN: 'hunter2', SPEC_MODE: '' });
    const port: number = config.healthPort;
    const home: string | undefined = config.home;
    expect([port, home, config.strict, config.mode, config.logLevel]).toEqual([0, undefined, true, 'safe', 'info']);
    expect(config.token?.reveal()).toBe('hunter2');
    expect(JSON.stringify(config)).not.toContain('hunter2');
  });

  it('lists every problem in one error', () => {
    const text = problemsOf({ SPEC_NAME: '', TRIBUTARY_HEALTH_PORT: '65536', SPEC_MODE: 'slow', TRIBUTARY_HEALTH_PROT: '1' });
    expect(text).toContain('The environment of spec-app has 4 problem(s)');
    expect(text).toContain('SPEC_NAME is not set. Allowed: lower-case letters. Name.');
    expect(text).toContain('TRIBUTARY_HEALTH_PORT is out of range. Received: "65536". Allowed: integer from 0 to 65535.');
    expect(text).toContain('SPEC_MODE is not one of the allowed values. Received: "slow". Allowed: fast or safe.');
    expect(text).toContain('TRIBUTARY_HEALTH_PROT is unknown. Did you mean TRIBUTARY_HEALTH_PORT?');
  });

  it.each(['TRUE', '1', 'yes', 'on', ' true'])('takes true and false only as booleans, not %p', (value) => {
    expect(problemsOf({ SPEC_STRICT: value })).toContain('SPEC_STRICT is not a boolean');
  });

  it.each(['1.5', '1e3', '0x10', ' 1', '1_000', 'NaN', '--1'])('takes decimal whole numbers only as integers, not %p', (value) => {
    expect(problemsOf({ TRIBUTARY_HEALTH_PORT: value })).toContain('TRIBUTARY_HEALTH_PORT is not an integer');
  });

  it('does not repeat what may be a secret', () => {
    const text = problemsOf({ SPEC_KEYS: 'hunter2hunter2', SPEC_HOME: 'https://me:hunter2@example.com' });
    expect(text).toContain('SPEC_KEYS is not a secret reference. Received: 14 characters, not shown.');
    expect(text).toContain('SPEC_HOME holds a user name or password');
    expect(text).not.toContain('hunter2');
  });

  it('takes TEMPORAL_HOST for TEMPORAL_ADDRESS, unless they differ', () => {
    expect(loadConfig(schema, { SPEC_NAME: 'x', TEMPORAL_HOST: 'h:7233' }).temporalAddress).toBe('h:7233');
    expect(problemsOf({ TEMPORAL_HOST: 'h:7233', TEMPORAL_ADDRESS: 'h:7233' })).toBe('');
    expect(problemsOf({ TEMPORAL_HOST: 'h:7233', TEMPORAL_ADDRESS: 'i:7233' })).toContain('TEMPORAL_ADDRESS and TEMPORAL_HOST mean the same');
  });

  it('accepts what other apps and tools of the project read, and foreign variables', () => {
    expect(problemsOf({ TRIBUTARY_API_PORT: '8000', TRIBUTARY_API_ANYTHING: '1', TRIBUTARY_TEMPORAL_BIN: '/x', PATH: '/bin', KUBERNETES_PORT: 'tcp://1' })).toBe('');
  });

  it("explains a Service's variables, which Kubernetes adds", () => {
    expect(problemsOf({ TRIBUTARY_WORKER_SERVICE_HOST: '10.0.0.1' })).toContain('enableServiceLinks: false');
  });

  it('requires an object store, by one of its schemes', () => {
    const stores = defineConfig({ app: 'a', description: '', variables: objectStoreVariables });
    expect(() => loadConfig(stores, {})).toThrow(/TRIBUTARY_OBJECT_STORE_URL is not set/);
    expect(() => loadConfig(stores, { TRIBUTARY_OBJECT_STORE_URL: '/data' })).toThrow(/is no such URL/);
    expect(loadConfig(stores, { TRIBUTARY_OBJECT_STORE_URL: 'dapr://objects' }).objectStoreUrl).toBe('dapr://objects');
  });

  describe('settings of S3', () => {
    const stores = defineConfig({ app: 'a', description: '', variables: objectStoreVariables });
    const bucket = { TRIBUTARY_OBJECT_STORE_URL: 's3://bucket/prefix' };

    it('are read where the object store is a bucket', () => {
      const settings = {
        TRIBUTARY_S3_ENDPOINT: 'http://store:7070',
        TRIBUTARY_S3_REGION: 'eu-west-1',
        AWS_REGION: 'eu-north-1',
        TRIBUTARY_S3_FORCE_PATH_STYLE: 'false',
        TRIBUTARY_S3_CREDENTIALS: 'secret://local/s3',
        TRIBUTARY_S3_ENCRYPTION: 'aws:kms',
        TRIBUTARY_S3_KMS_KEY_ID: 'alias/tributary',
      };
      expect(loadConfig(stores, { ...bucket, ...settings })).toEqual({
        objectStoreUrl: 's3://bucket/prefix',
        s3Endpoint: 'http://store:7070',
        s3Region: 'eu-west-1',
        awsRegion: 'eu-north-1',
        s3ForcePathStyle: false,
        s3Credentials: 'secret://local/s3',
        s3Encryption: 'aws:kms',
        s3KmsKeyId: 'alias/tributary',
      });
    });

    it.each([
      ['TRIBUTARY_S3_ENDPOINT', 'http://store:7070'],
      ['TRIBUTARY_S3_REGION', 'eu-west-1'],
      ['TRIBUTARY_S3_FORCE_PATH_STYLE', 'true'],
      ['TRIBUTARY_S3_CREDENTIALS', 'secret://local/s3'],
      ['TRIBUTARY_S3_ENCRYPTION', 'AES256'],
    ])('%s beside another kind of store is named as an error', (name, value) => {
      const env = { TRIBUTARY_OBJECT_STORE_URL: 'file:///data', [name]: value };
      expect(() => loadConfig(stores, env)).toThrow(`${name} is set, and counts only where TRIBUTARY_OBJECT_STORE_URL is an s3:// address.`);
    });

    it('a key of KMS beside another encryption is one, too', () => {
      const env = { ...bucket, TRIBUTARY_S3_KMS_KEY_ID: 'a' };
      expect(() => loadConfig(stores, env)).toThrow('TRIBUTARY_S3_KMS_KEY_ID is set, and counts only where TRIBUTARY_S3_ENCRYPTION is aws:kms.');
      expect(() => loadConfig(stores, { ...env, TRIBUTARY_S3_ENCRYPTION: 'AES256' })).toThrow(/TRIBUTARY_S3_KMS_KEY_ID/);
    });

    it('are no place for keys', () => {
      const env = { ...bucket, TRIBUTARY_S3_ENDPOINT: 'http://key:hunter2@store', TRIBUTARY_S3_CREDENTIALS: 'hunter2' };
      expect(() => loadConfig(stores, env)).toThrow(/TRIBUTARY_S3_ENDPOINT holds a user name[^]*TRIBUTARY_S3_CREDENTIALS is not a secret reference/);
      expect(() => loadConfig(stores, env)).not.toThrow(/hunter2/);
    });
  });
});

it('refuses schemas that contradict themselves', () => {
  const again = string('TEMPORAL_HOST', { description: '' });
  expect(() => defineConfig({ app: 'a', description: '', variables: { ...temporalVariables, again } })).toThrow(/TEMPORAL_HOST twice/);
  expect(() => integer('SPEC_N', { min: 1, max: 2, default: 3, description: '' })).toThrow(/Default of SPEC_N/);
  expect(() => string('lower', { description: '' })).toThrow(/Invalid variable name/);
});
