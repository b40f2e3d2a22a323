/** What the tables see of the pool: named statements, prepared once per connection. */
export interface Statements {
  /** `name` stands for `text` for good. Rejects with Failure `postgresAway` (later). */
  query<Row extends object>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>;
}

export interface Sql extends Statements {
  /** All of `work` or nothing of it; the whole is run again after a deadlock. */
  transaction<T>(work: (statements: Statements) => Promise<T>): Promise<T>;
}
