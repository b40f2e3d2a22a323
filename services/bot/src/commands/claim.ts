/** /claim CODE: the owner says who may steer this group from outside. */
import type { Claims } from '@chatwarden/store';
import { mustBeOwner } from './must-be-owner.ts';
import type { Command } from './command.ts';

type Proof = Awaited<ReturnType<Claims['proveClaim']>>;

const ANSWERS: Readonly<Record<Proof, string>> = {
  proven: 'Done: whoever gave you this code may set up my work in this group from now on.',
  wrongCode: 'This is not a code for this group. Please look again: it is eight letters and digits, such as K7QM-2XHD.',
  expired: 'This code is not valid any more. Please ask whoever gave it to you for the new one.',
  alreadyTaken: 'Somebody else may set up my work in this group already, and has to let go of it first.',
};

export const claim: Command = {
  name: 'claim',
  description: 'owner only: let whoever gave you a code set up my work in this group',
  inGroup: async (call, { api, store, clock, log }) => {
    const refusal = await mustBeOwner(call, { api });
    if (refusal) return refusal;
    const { argument: code, event } = call;
    if (code === '') return 'Say "/claim" and the code that you were given, such as "/claim K7QM-2XHD".';
    const { chatId } = event;
    const proof = await store.claims.proveClaim({ chatId, code, at: clock.now() });
    log.info({ chatId, proof }, 'the owner of a group sent a code');
    return ANSWERS[proof];
  },
};
