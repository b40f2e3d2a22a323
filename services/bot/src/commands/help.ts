import type { Command } from './command.ts';

export const start: Command = {
  name: 'start',
  description: 'what I do and how to begin',
  inPrivate: ({ overview }) => overview,
};

export const help: Command = {
  name: 'help',
  description: 'all commands',
  inPrivate: ({ overview }) => overview,
  inGroup: (_call, { overview }) => Promise.resolve(overview),
};
