/*
 * Each step that must be atomic is one script of Redis: what it tests can't change before it writes.
 * Only the replica that owns a run may write to it; one that was taken for dead owns its runs no more.
 */

/**
 * Adds a run, unless its caller has one with the same key, or one of its session is under way.
 * Keys: run, key, runs of the caller, runs of the session, held, counter. Arguments: id, whether there is a key, whether there
 * is a session, whether it must be alone in it, beginning of the keys of runs, fields.
 */
export const BEGIN = `
local id = ARGV[1]
if redis.call('EXISTS', KEYS[1]) == 1 then return {'new', id} end
if ARGV[2] == '1' then
  local known = redis.call('GET', KEYS[2])
  if known and redis.call('EXISTS', ARGV[5] .. known) == 1 then return {'known', known} end
end
if ARGV[4] == '1' then
  local busy = redis.call('SRANDMEMBER', KEYS[4])
  if busy then return {'busy', busy} end
end
local nth = redis.call('INCR', KEYS[6])
redis.call('HSET', KEYS[1], 'nth', nth, unpack(ARGV, 6))
if ARGV[2] == '1' then redis.call('SET', KEYS[2], id) end
if ARGV[3] == '1' then redis.call('SADD', KEYS[4], id) end
redis.call('ZADD', KEYS[3], nth, id)
-- The end of an earlier run has set a time at which it expires.
redis.call('PERSIST', KEYS[3])
redis.call('SADD', KEYS[5], id)
return {'new', id}`;

/**
 * Adds events, each under an id of its own, so that one that is added twice is there once: \`n-0\` is the nth that is recorded,
 * \`n-m\` the mth piece behind it.
 * Keys: run, events, pieces. Arguments: replica, channel, most events, most pieces, messages, sequence, ids and events.
 */
export const APPEND = `
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
for at = 7, #ARGV, 2 do
  local isPiece = string.sub(ARGV[at], -2) ~= '-0'
  local key, most = KEYS[2], ARGV[3]
  if isPiece then key, most = KEYS[3], ARGV[4] end
  local added = redis.pcall('XADD', key, 'MAXLEN', '~', most, ARGV[at], 'event', ARGV[at + 1])
  if type(added) == 'table' and added.err and not string.find(added.err, 'equal or smaller', 1, true) then return added end
end
redis.call('HSET', KEYS[1], 'messages', ARGV[5], 'sequence', ARGV[6])
redis.call('PUBLISH', ARGV[2], '')
return 1`;

/** Keys: run. Arguments: replica, channel, fields. */
export const CHANGE = `
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV, 3))
redis.call('PUBLISH', ARGV[2], '')
return 1`;

/**
 * Notes a run's session, which becomes its caller's unless it is somebody's already. The run leaves the session that it was to go
 * on with, where claude forked that.
 * Keys: run, session, runs of the session, runs of the one before. Arguments: replica, id, caller, session as JSON, milliseconds
 * that it is known, host.
 */
export const CLAIM = `
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'sessionId', ARGV[4])
redis.call('SREM', KEYS[4], ARGV[2])
redis.call('SADD', KEYS[3], ARGV[2])
redis.call('HSETNX', KEYS[2], 'subject', ARGV[3])
redis.call('HSET', KEYS[2], 'replica', ARGV[1], 'host', ARGV[6])
redis.call('PEXPIRE', KEYS[2], ARGV[5])
return 1`;

/**
 * Keys: run, events, pieces, approvals, answers, held, runs of the session, ended, recorded, bytes, key, runs of the caller.
 * Arguments: replica, id, channel, milliseconds that it is kept, size, whether the replica is still to tell a program, fields.
 */
export const END = `
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
local id, keptMs, size = ARGV[2], ARGV[4], tonumber(ARGV[5])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', KEYS[1], unpack(ARGV, 7))
-- Those who follow it may be a moment behind.
redis.call('PEXPIRE', KEYS[3], 10000)
redis.call('DEL', KEYS[4], KEYS[5])
redis.call('SREM', KEYS[7], id)
if ARGV[6] == '0' then redis.call('SREM', KEYS[6], id) end
redis.call('ZADD', KEYS[8], now, id)
if size > 0 and redis.call('ZADD', KEYS[9], 'NX', now, id) == 1 then redis.call('INCRBY', KEYS[10], size) end
for _, key in ipairs({KEYS[1], KEYS[2], KEYS[11], KEYS[12]}) do redis.call('PEXPIRE', key, keptMs) end
redis.call('PUBLISH', ARGV[3], '')
return 1`;

/**
 * Forgets a run.
 * Keys: run, events, pieces, approvals, answers, key, runs of the caller, runs of the session, held, ended, recorded, bytes.
 * Arguments: id, channel, size.
 */
export const FORGET = `
local id = ARGV[1]
if redis.call('ZREM', KEYS[11], id) == 1 then redis.call('DECRBY', KEYS[12], ARGV[3]) end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5])
if redis.call('GET', KEYS[6]) == id then redis.call('DEL', KEYS[6]) end
redis.call('ZREM', KEYS[7], id)
redis.call('SREM', KEYS[8], id)
redis.call('SREM', KEYS[9], id)
redis.call('ZREM', KEYS[10], id)
redis.call('PUBLISH', ARGV[2], '')
return 1`;

/** Forgets the record of a run. Keys: run, events, recorded, bytes. Arguments: id. */
export const FORGET_RECORD = `
if redis.call('ZREM', KEYS[3], ARGV[1]) == 0 then return 0 end
local size = tonumber(redis.call('HGET', KEYS[1], 'size') or '0') or 0
redis.call('DECRBY', KEYS[4], size)
redis.call('DEL', KEYS[2])
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 'size', '0') end
return 1`;

/** Renews the lease of a replica. Returns the replicas that count as dead. Keys: replicas. Arguments: replica, milliseconds. */
export const RENEW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now)`;

/**
 * Gives a run of a dead replica to another one. The dead one keeps it among its own, too, until the other has seen to it: should
 * the other die as well, it is found in either place.
 * Keys: run, replicas, held by the dead one, held by the other. Arguments: id, the dead one, the other.
 */
export const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local lease = redis.call('ZSCORE', KEYS[2], ARGV[2])
if lease and tonumber(lease) > now then return 0 end
local owner = redis.call('HGET', KEYS[1], 'owner')
if owner == ARGV[3] then return 1 end
if owner ~= ARGV[2] then
  redis.call('SREM', KEYS[3], ARGV[1])
  return 0
end
redis.call('HSET', KEYS[1], 'owner', ARGV[3])
redis.call('SADD', KEYS[4], ARGV[1])
return 1`;

/** Asks the replica that carries out a run to give it up. Keys: run. Arguments: reason, beginning of the channels of replicas. */
export const GIVE_UP = `
local owner = redis.call('HGET', KEYS[1], 'owner')
if not owner then return 0 end
redis.call('HSETNX', KEYS[1], 'givenUp', ARGV[1])
redis.call('PUBLISH', ARGV[2] .. owner, '')
return 1`;
