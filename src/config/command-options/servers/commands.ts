/** The commands that serve, which share a policy, an audit and an admin listener. */
export const SERVERS = ['mcp', 'serve'];

/** Those that carry out what others ask, over a protocol or from a queue. */
export const CARRYING = [...SERVERS, 'worker'];
