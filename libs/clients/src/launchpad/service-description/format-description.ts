import type { ServiceDescription } from './description.js';

/** The text of the committed file: one field or parameter per line, so that differences are readable. */
export function formatDescription(description: ServiceDescription): string {
  return `${format(description, 0)}\n`;
}

const INDENTED_LEVELS = 6;

function format(value: unknown, depth: number): string {
  if (!isRecord(value) || Object.keys(value).length === 0 || isLeaf(value) || depth > INDENTED_LEVELS) return JSON.stringify(value);
  const indent = '  '.repeat(depth + 1);
  const lines = Object.entries(value).map(([key, each]) => `${indent}${JSON.stringify(key)}: ${format(each, depth + 1)}`);
  return `{\n${lines.join(',\n')}\n${'  '.repeat(depth)}}`;
}

function isLeaf(value: Record<string, unknown>): boolean {
  return Object.values(value).every((each) => !isRecord(each));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
