/** The commands that serve, which share a policy, an audit and an admin listener. */
export const SERVERS = ['mcp', 'serve'];
