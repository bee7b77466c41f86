import { Type } from '@sinclair/typebox';
import { closed, count, list, oneOf } from './building-blocks.js';

const PHASES = ['checking', 'planning', 'extracting', 'verifying', 'publishing', 'published', 'failed'] as const;

function millis() {
  return Type.Optional(Type.Number({ minimum: 0 }));
}

/** Schema of `BatchProgress`. */
export const BatchProgressSchema = closed({
  database: Type.String(),
  kind: Type.String(),
  state: oneOf(['planned', 'running', 'done']),
  done: count(),
  total: count(),
});

/** Schema of `ExtractionProgress`, the answer of query `progress`. */
export const ExtractionProgressSchema = closed(
  {
    phase: oneOf(PHASES),
    done: count('Catalog rows read.'),
    total: count('Catalog rows to read, as planned; 0 before the plan is there.'),
    rate: Type.Number({ minimum: 0, description: 'Rows per second since extraction began.' }),
    phaseMillis: closed(
      {
        checking: millis(),
        planning: millis(),
        extracting: millis(),
        verifying: millis(),
        publishing: millis(),
        published: millis(),
        failed: millis(),
      },
      { description: 'Wall time of each finished phase in milliseconds.' },
    ),
    batches: list(BatchProgressSchema),
  },
  { title: 'ExtractionProgress' },
);
