// Sums the test counts of all projects and prints "N passed, N failed, N skipped". Fails when a test failed, and when a
// project that has specs left no counts, which is itself counted as one failed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const sum = { passed: 0, failed: 0, skipped: 0 };

for (const project of projects()) {
  const file = join(project, 'test-output', 'summary.json');
  if (existsSync(file)) {
    add(project, file);
  } else if (hasSpecs(project)) {
    sum.failed += 1;
    console.error(`${project}: has specs but left no results in ${file}`);
  }
}
// The tests of images leave counts only where they were run; no project's cache of results keeps these.
const images = join('test-output', 'images.json');
if (existsSync(images)) add('images', images);

console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed > 0 ? 1 : 0;

function add(name, file) {
  const counts = JSON.parse(readFileSync(file, 'utf8'));
  for (const key of Object.keys(sum)) sum[key] += counts[key];
  if (counts.failed > 0) console.error(`${name}: ${counts.failed} failed`);
}

function projects() {
  const inFolders = ['apps', 'libs', 'tools'].flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  return [...inFolders, 'docs'].filter((path) => existsSync(join(path, 'package.json')));
}

function hasSpecs(project) {
  const source = join(project, 'src');
  return existsSync(source) && readdirSync(source, { recursive: true }).some((file) => file.endsWith('.spec.ts'));
}
