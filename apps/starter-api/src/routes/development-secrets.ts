import { Type } from '@sinclair/typebox';
import { Secret } from '@tributary/common';
import type { ApiServer } from '../api-server.js';
import { developmentSecretName, DevelopmentSecretSchema, DevelopmentSecretStoredSchema } from '../development-secrets/schemas.js';
import { DEVELOPMENT_SECRETS_OFF } from '../errors.js';
import { ref, responses } from '../schemas.js';
import type { ApiServices } from '../services.js';

const EFFECTIVE = 'Within a second where the sidecar of the worker watches its resources, as those of npm start do; else when the sidecar starts again.';

/** Secrets of a machine for development, in a file that only sidecars read. */
export function developmentSecretRoutes(app: ApiServer, { developmentSecrets, scrubber }: ApiServices): void {
  app.put(
    '/v1/development/secrets/:name',
    {
      config: { access: 'admin', takesCredentials: true },
      schema: {
        tags: ['sources'],
        operationId: 'putDevelopmentSecret',
        summary: 'Put a secret into the local store of a machine for development',
        description: 'Only where the API listens on loopback and TRIBUTARY_DEVELOPMENT_SECRETS_FILE is set. No route gives a secret back.',
        params: Type.Object({ name: developmentSecretName }),
        body: ref(DevelopmentSecretSchema),
        response: responses({ 200: ref(DevelopmentSecretStoredSchema) }, [404, 413, 415]),
      },
    },
    async ({ params, body }) => {
      const { secrets } = body;
      for (const value of Object.values(secrets)) scrubber.add(new Secret(value));
      if (!developmentSecrets) throw DEVELOPMENT_SECRETS_OFF();
      return { references: await developmentSecrets.put(params.name, secrets), effective: EFFECTIVE };
    },
  );
}
