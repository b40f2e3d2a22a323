/**
 * A chat belongs to whoever its owner says. Several may have asked; the one whose code the owner sends has it, alone, until
 * it lets go. All that writes happens one after the other: claims are rare, and a chat has more than one id.
 */
import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import type { Millis } from '@chatwarden/contracts';
import type { Claims, OpenedClaim } from './claim-port.ts';
import type { Sql, Statements } from './sql/sql.ts';

interface ClaimRow {
  claimant: string;
  code: string;
  expiresAt: Millis;
  tries: number;
  provenAt: Millis | null;
}

/** Long enough for the owner to be told and to find the time. */
const TERM_MS = 24 * 3_600_000;
/** Of wrong codes in a chat: then the codes that were open are void, and new ones are to be asked for. */
const TRIES_MAX = 10;
/** Without what looks alike: I and 1, O and 0, L. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const CODE_PART = 4;

/** Every id that the chat of $1 has or had. */
const IDS = `
with of_group as (
  select group_id from chat_group where chat_id = $1 union select group_id from chat_alias where chat_id = $1
), ids as (
  select $1::bigint as chat_id
  union select chat_id from chat_group where group_id in (select group_id from of_group)
  union select chat_id from chat_alias where group_id in (select group_id from of_group)
)`;
/** Proven ones first, the eldest of them before all. */
const OF_CHAT = `${IDS}
select claimant, code, expires_at as "expiresAt", tries, proven_at as "provenAt"
from claim where chat_id in (select chat_id from ids)
order by proven_at nulls last, expires_at desc, claimant`;
const LOCK = `lock table claim in share row exclusive mode`;
const OPEN = `
insert into claim (chat_id, claimant, code, expires_at) values ($1, $2, $3, $4)
on conflict (chat_id, claimant) do update set code = excluded.code, expires_at = excluded.expires_at, tries = 0`;
const PROVE = `${IDS}
update claim set proven_at = $3
where (chat_id, claimant) in (
  select chat_id, claimant from claim
  where claimant = $2 and chat_id in (select chat_id from ids) order by expires_at desc limit 1
)`;
const TRIED = `${IDS}
update claim set tries = tries + 1 where proven_at is null and chat_id in (select chat_id from ids)`;
const REVOKE = `${IDS}
delete from claim where proven_at is not null and chat_id in (select chat_id from ids) returning 1`;
const RELEASE = `${IDS}
delete from claim where claimant = $2 and chat_id in (select chat_id from ids)`;

export function createClaims(sql: Sql): Claims {
  async function openClaim({ chatId, claimant, code, at }: Parameters<Claims['openClaim']>[0]): Promise<OpenedClaim> {
    const known = toOpened(await claimsOf(sql, chatId), claimant, at);
    if (known) return known;
    return sql.transaction(async (statements) => {
      await statements.query('claim_lock', LOCK, []);
      const since = toOpened(await claimsOf(statements, chatId), claimant, at);
      if (since) return since;
      const made = { code: code ?? makeCode(), expiresAt: at + TERM_MS };
      await statements.query('claim_open', OPEN, [chatId, claimant, made.code, made.expiresAt]);
      return { state: 'open', claimant, ...made };
    });
  }

  async function proveClaim({ chatId, code, at }: Parameters<Claims['proveClaim']>[0]) {
    return sql.transaction(async (statements) => {
      await statements.query('claim_lock', LOCK, []);
      const claims = await claimsOf(statements, chatId);
      const meant = claims.filter((claim) => isCode(code, claim.code));
      const owner = claims.find(({ provenAt }) => provenAt !== null);
      if (owner) return meant.includes(owner) ? 'proven' : 'alreadyTaken';
      const open = meant.find((claim) => isOpen(claim, at));
      if (open) {
        await statements.query('claim_prove', PROVE, [chatId, open.claimant, at]);
        return 'proven';
      }
      await statements.query('claim_tried', TRIED, [chatId]);
      return meant.length > 0 ? 'expired' : 'wrongCode';
    });
  }

  async function revokeClaim({ chatId }: { chatId: number }): Promise<boolean> {
    return (await sql.query('claim_revoke', REVOKE, [chatId])).length > 0;
  }

  async function releaseClaim({ chatId, claimant }: { chatId: number; claimant: string }): Promise<void> {
    await sql.query('claim_release', RELEASE, [chatId, claimant]);
  }

  return { openClaim, proveClaim, revokeClaim, releaseClaim };
}

function claimsOf(statements: Statements, chatId: number): Promise<ClaimRow[]> {
  return statements.query<ClaimRow>('claim_of_chat', OF_CHAT, [chatId]);
}

/** What is known already; undefined where a new code is due. */
function toOpened(claims: readonly ClaimRow[], claimant: string, at: Millis): OpenedClaim | undefined {
  const owner = claims.find(({ provenAt }) => provenAt !== null);
  if (owner) return { state: owner.claimant === claimant ? 'proven' : 'taken', claimant: owner.claimant };
  const open = claims.find((claim) => claim.claimant === claimant && isOpen(claim, at));
  return open && { state: 'open', claimant, code: open.code, expiresAt: open.expiresAt };
}

function isOpen({ expiresAt, tries }: ClaimRow, at: Millis): boolean {
  return at < expiresAt && tries < TRIES_MAX;
}

/** Such as K7QM-2XHD: 31^8 of them. */
function makeCode(): string {
  const part = () => Array.from({ length: CODE_PART }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `${part()}-${part()}`;
}

/** However a person wrote it. Digests have one length, so comparing takes the same time for any guess. */
function isCode(given: string, code: string): boolean {
  const digest = (text: string) =>
    createHash('sha256')
      .update(text.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
      .digest();
  return timingSafeEqual(digest(given), digest(code));
}
