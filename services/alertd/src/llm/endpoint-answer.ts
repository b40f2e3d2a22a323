/** What became of one call. `why` is for the log, and never quotes the model. */
export type EndpointAnswer =
  | { result: 'content'; content: string }
  /** An answer without content: a refusal to speak, a cut, another form. The endpoint works. */
  | { result: 'garbage'; why: string }
  /** It asks for a pause. */
  | { result: 'busy'; waitMs: number }
  /** Time-out, no connection, or an error of its own. */
  | { result: 'away'; why: string }
  /** It does not take such a request at all. */
  | { result: 'rejected'; why: string }
  /** Key, model or address are wrong: nobody but the operator can help. */
  | { result: 'refused'; status: number; why: string };
