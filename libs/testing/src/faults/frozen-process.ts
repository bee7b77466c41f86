/**
 * Stops a process where it stands, as a debugger does: its sockets stay open and take what fits, and nothing answers.
 * @returns lets it go on; safe to repeat, and after its end
 */
export function freezeProcess(pid: number): () => void {
  process.kill(pid, 'SIGSTOP');
  return () => {
    try {
      process.kill(pid, 'SIGCONT');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  };
}
