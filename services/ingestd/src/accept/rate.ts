/**
 * Events per second and key. How many a request has is known only when it has been read, so a key may go into debt with
 * one request, and waits until it is paid off.
 */
import type { Clock } from '@chatwarden/contracts';
import type { Sender } from './sender.ts';

export interface Rate {
  /** Seconds until the sender may send again; 0 is now. */
  waitS(sender: Sender): number;
  spend(sender: Sender, events: number): void;
}

interface Account {
  /** Events; below 0 is debt. */
  balance: number;
  at: number;
}

/** So many seconds of its rate may a key save up. */
const BURST_S = 10;

export function createRate(clock: Pick<Clock, 'now'>): Rate {
  const accounts = new Map<string, Account>();

  function accountOf({ id, eventsPerSecond }: Sender): Account {
    const now = clock.now();
    const savedMax = eventsPerSecond * BURST_S;
    const account = accounts.get(id) ?? { balance: savedMax, at: now };
    accounts.set(id, account);
    const earned = (Math.max(0, now - account.at) / 1000) * eventsPerSecond;
    account.balance = Math.min(savedMax, account.balance + earned);
    account.at = now;
    return account;
  }

  function waitS(sender: Sender): number {
    if (sender.eventsPerSecond === 0) return 0;
    const { balance } = accountOf(sender);
    return balance > 0 ? 0 : Math.max(1, Math.ceil(-balance / sender.eventsPerSecond));
  }

  function spend(sender: Sender, events: number): void {
    if (sender.eventsPerSecond > 0) accountOf(sender).balance -= events;
  }

  return { waitS, spend };
}
