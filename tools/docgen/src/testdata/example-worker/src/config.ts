import { defineConfig, loggingVariables } from '@tributary/common/config';

export const configSchema = defineConfig({ app: 'greetings-worker', description: 'Greets.', variables: loggingVariables });
