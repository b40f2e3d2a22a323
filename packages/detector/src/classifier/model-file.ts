/** Where the shipped model lies. No I/O here: whoever composes a process reads it. */
export const MODEL_URL = new URL('../../model/model.bin', import.meta.url);
