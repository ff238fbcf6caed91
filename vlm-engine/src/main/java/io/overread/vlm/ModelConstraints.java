package io.overread.vlm;

import io.overread.vlm.decoding.ConstrainedSampler;
import io.overread.vlm.decoding.Constraint;
import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.decoding.TokenAutomaton;
import io.overread.vlm.decoding.TokenChooser;
import io.overread.vlm.decoding.TokenSampler;
import io.overread.vlm.decoding.TokenTrie;
import io.overread.vlm.text.ModelTokenizer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Constraints over one model's tokens, worked out when first asked for; the last ones are kept. */
final class ModelConstraints {

  private static final int MOST_KEPT = 16;

  private final ModelTokenizer tokenizer;
  private final Map<Constraint, TokenAutomaton> automata = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable TokenTrie tokens;

  ModelConstraints(ModelTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** Chooses the tokens of one answer of at most {@code limit} tokens. */
  TokenChooser chooser(Decoding decoding, Set<Integer> stopTokens, int limit) {
    TokenSampler sampler = new TokenSampler(decoding, new SplittableRandom(decoding.seed()));
    Constraint constraint = decoding.constraint();
    return constraint == null
        ? sampler
        : new ConstrainedSampler(sampler, automaton(constraint), stopTokens, limit);
  }

  private synchronized TokenAutomaton automaton(Constraint constraint) {
    TokenAutomaton known = automata.get(constraint);
    if (known != null) {
      return known;
    }
    TokenTrie trie = tokens;
    if (trie == null) {
      trie = new TokenTrie(tokenizer.tokenBytes());
      tokens = trie;
    }
    TokenAutomaton made = new TokenAutomaton(constraint, trie);
    automata.put(constraint, made);
    if (automata.size() > MOST_KEPT) {
      automata.remove(automata.keySet().iterator().next());
    }
    return made;
  }
}
