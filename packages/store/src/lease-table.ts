/** The statements of a lease. Expiry is by the database's clock, which all holders share. */
import type { Sql } from './sql/sql.ts';

const ACQUIRE = `
insert into lease (name, holder, epoch, expires_at)
values ($1, $2, 1, clock_timestamp() + $3 * interval '1 ms')
on conflict (name) do update set holder = excluded.holder, epoch = lease.epoch + 1, expires_at = excluded.expires_at
where lease.expires_at <= clock_timestamp() or lease.holder = excluded.holder
returning epoch`;
const RENEW = `
update lease set expires_at = clock_timestamp() + $4 * interval '1 ms'
where name = $1 and holder = $2 and epoch = $3 returning epoch`;
const RELEASE = `update lease set expires_at = clock_timestamp() where name = $1 and holder = $2 and epoch = $3`;

export interface LeaseTable {
  /** The new epoch, or null while another has the lease. */
  acquire(name: string): Promise<number | null>;
  /** False when the lease is not at this epoch any more. */
  renew(name: string, epoch: number): Promise<boolean>;
  release(name: string, epoch: number): Promise<void>;
}

export function createLeaseTable(sql: Sql, holder: string, termMs: number): LeaseTable {
  return {
    async acquire(name) {
      const [row] = await sql.query<{ epoch: number }>('lease_acquire', ACQUIRE, [name, holder, termMs]);
      return row?.epoch ?? null;
    },
    async renew(name, epoch) {
      const rows = await sql.query('lease_renew', RENEW, [name, holder, epoch, termMs]);
      return rows.length > 0;
    },
    async release(name, epoch) {
      await sql.query('lease_release', RELEASE, [name, holder, epoch]);
    },
  };
}
