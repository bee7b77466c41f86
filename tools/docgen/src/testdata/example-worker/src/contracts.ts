export const workflowTypes = [
  {
    type: 'greet',
    taskQueue: 'greetings',
    description: 'Greets somebody by name.',
    input: {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string', description: 'Whom to greet.', examples: ['Ada'] } },
    },
    result: { type: 'object', required: ['text'], properties: { text: { type: 'string' } } },
  },
];
