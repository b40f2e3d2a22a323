/** Something that all projects of a run share: it starts for the first who asks and ends when as many have left. */
export interface ForAll<T> {
  use(): Promise<T>;
  leave(): Promise<void>;
}

export function startForAll<T>(start: () => Promise<T>, end: (value: T) => Promise<void>): ForAll<T> {
  let users = 0;
  let running: Promise<T> | undefined;
  return {
    use: () => {
      users += 1;
      return (running ??= start());
    },
    leave: async () => {
      users -= 1;
      if (users > 0 || !running) return;
      const ending = running;
      running = undefined;
      await end(await ending);
    },
  };
}
