// Ends the processes of a parent that could not end them itself (kill -9, a crash). The parent writes one JSON line per
// process or temporary folder to our standard input and keeps it open: its end is the parent's end.
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const processes = new Map();
const folders = new Set();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  if (order.op === 'watch') processes.set(order.pid, order);
  if (order.op === 'forget') processes.delete(order.pid);
  if (order.op === 'folder') folders.add(order.path);
  if (order.op === 'keep') folders.delete(order.path);
}

for (const { pid, signal } of processes.values()) send(pid, signal);
const deadline = Date.now() + 5_000;
while (Date.now() < deadline && [...processes.keys()].some(isAlive)) await new Promise((done) => setTimeout(done, 50));
for (const pid of processes.keys()) send(pid, 'SIGKILL');
for (const path of folders) rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });

// Each process leads a group of its own, so that its children go with it.
function send(pid, signal) {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // It is gone, which is what we want.
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
