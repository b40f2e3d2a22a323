import type { Colour, GroupId, Revision } from '@chatwarden/contracts';
import type { Gates } from './move-port.ts';
import { bumpRevision, mustBeGroup } from './settings.ts';
import type { Sql, Statements } from './sql/sql.ts';

interface GateRow {
  colour: Colour;
  revision: Revision;
}

const FIND = `select colour, revision from gate where group_id = $1`;
const SET = `
insert into gate (group_id, revision, colour) values ($1, $2, $3)
on conflict (group_id) do update set revision = excluded.revision, colour = excluded.colour`;

export function createGates(sql: Sql): Gates {
  async function setGate(groupId: GroupId, colour: Colour): Promise<{ revision: Revision }> {
    const known = await find(sql, groupId);
    if (known?.colour === colour) return { revision: known.revision };
    return sql.transaction(async (statements) => {
      const revision = await bumpRevision(statements);
      await mustBeGroup(statements, groupId);
      await statements.query('gate_set', SET, [groupId, revision, colour]);
      return { revision };
    });
  }

  return { setGate, gateOf: async (groupId) => (await find(sql, groupId)) ?? null };
}

async function find(statements: Statements, groupId: GroupId): Promise<GateRow | undefined> {
  const [row] = await statements.query<GateRow>('gate_find', FIND, [groupId]);
  return row;
}
