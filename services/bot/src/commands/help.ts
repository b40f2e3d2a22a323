import type { Command } from './command.ts';

export const start: Command = {
  name: 'start',
  description: 'what I do and how to begin',
  inPrivate: (_call, { overview }) => overview,
};

export const help: Command = {
  name: 'help',
  description: 'all commands',
  inPrivate: (_call, { overview }) => overview,
  inGroup: (_call, { overview }) => Promise.resolve(overview),
};
