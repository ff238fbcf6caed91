package io.overread.gateway.association;

/** What becomes of callers that no setting names. */
public enum UnknownPeers {
  /** They are served. */
  ACCEPT,
  /** They are refused. */
  REFUSE
}
