/** /claim CODE: the owner says who may steer this group from outside; /claim none: nobody any more. */
import type { Claims } from '@chatwarden/store';
import { mustBeOwner } from './must-be-owner.ts';
import type { Command } from './command.ts';

type Proof = Awaited<ReturnType<Claims['proveClaim']>>;

const ANSWERS: Readonly<Record<Proof, string>> = {
  proven: 'Done: whoever gave you this code may set up my work in this group from now on.',
  wrongCode: 'This is not a code for this group. Please look again: it is eight letters and digits, such as K7QM-2XHD.',
  expired: 'This code is not valid any more. Please ask whoever gave it to you for the new one.',
  alreadyTaken: 'Somebody else may set up my work in this group already. Say "/claim none" first to take that back.',
};

const USAGE =
  'Say "/claim" and the code that you were given, such as "/claim K7QM-2XHD". Say "/claim none" to let nobody from ' +
  'outside set up my work in this group.';
const REVOKED = 'Done: nobody from outside may set up my work in this group, until you send a code again.';

export const claim: Command = {
  name: 'claim',
  description: 'owner only: let whoever gave you a code set up my work in this group',
  inGroup: async (call, { api, store, clock, log }) => {
    const refusal = await mustBeOwner(call, { api });
    if (refusal) return refusal;
    const { argument: code, event } = call;
    if (code === '') return USAGE;
    const { chatId } = event;
    if (code.toLowerCase() === 'none') {
      const revoked = await store.claims.revokeClaim({ chatId });
      log.info({ chatId, revoked }, 'the owner of a group took it back');
      return revoked ? REVOKED : 'Nobody but its administrators sets up my work in this group.';
    }
    const proof = await store.claims.proveClaim({ chatId, code, at: clock.now() });
    log.info({ chatId, proof }, 'the owner of a group sent a code');
    return ANSWERS[proof];
  },
};
