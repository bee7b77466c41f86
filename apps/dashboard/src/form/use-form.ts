import { useMemo, useState } from 'preact/hooks';
import type { InputProblem } from '../api/problem.js';
import { changed, finished } from './draft.js';
import type { FormContextValue } from './form-context.js';
import type { JsonSchema } from './json-schema.js';
import { validate, type Findings } from './validate.js';

export interface Form {
  readonly draft: unknown;
  /** What is sent. */
  readonly value: unknown;
  readonly valid: boolean;
  /** Everything that is wrong, whether it is shown yet or not. */
  readonly findings: Findings;
  readonly context: FormContextValue;
  /** Replaces everything that was filled in. */
  readonly fill: (draft: unknown) => void;
  /** The same out of the text that somebody is typing, which stays as it is. */
  readonly typed: (draft: unknown) => void;
  /** Counts how often it was filled: controls that keep a text of their own begin anew. */
  readonly filled: number;
  /** Shows from now on what is wrong with any field. */
  readonly showAll: () => void;
  /** Shows what the API finds wrong, until the place is changed. */
  readonly refused: (problems: readonly InputProblem[]) => void;
}

/**
 * The state of a form over a schema. A field says what is wrong with it once it was left, or all do after an attempt.
 * @param initial what it is filled with at first
 */
export function useForm(schema: JsonSchema, initial: unknown = {}): Form {
  const [draft, setDraft] = useState<unknown>(initial);
  const [filled, setFilled] = useState(0);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState(false);
  const [refusals, setRefusals] = useState<Findings>(new Map());
  const value = useMemo(() => finished(schema, draft), [schema, draft]);
  const findings = useMemo(() => validate(schema, value), [schema, value]);
  const shown = new Map([...[...findings].filter(([pointer]) => all || left.has(pointer)), ...refusals]);
  const typed = (next: unknown): void => {
    setDraft(next);
    setLeft(new Set());
    setAll(false);
    setRefusals(new Map());
  };
  return {
    draft,
    value,
    valid: findings.size === 0,
    findings,
    context: {
      findings: shown,
      change: (path, next) => {
        setDraft((before: unknown) => changed(before, path, next));
        setRefusals(new Map());
      },
      leave: (pointer) => { setLeft((before) => new Set(before).add(pointer)); },
    },
    fill: (next) => {
      typed(next);
      setFilled((before) => before + 1);
    },
    typed,
    filled,
    showAll: () => { setAll(true); },
    refused: (problems) => { setRefusals(new Map(problems.map(({ pointer, allowed }) => [pointer, `Allowed: ${allowed}`]))); },
  };
}
