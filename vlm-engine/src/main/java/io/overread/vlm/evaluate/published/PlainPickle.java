package io.overread.vlm.evaluate.published;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Reads Python pickles (protocols 2 to 5) of lists, dictionaries, texts and whole numbers. Every
 * opcode that would name or call something is refused, so a file can run nothing.
 */
final class PlainPickle {

  private static final long MAX_BYTES = 512L << 20;

  /** What {@code None} becomes, so that no list holds a null. */
  private static final String NONE = "";

  private static final Object MARK = new Object();

  private final DataInputStream in;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  private PlainPickle(byte[] bytes) {
    this.in = new DataInputStream(new ByteArrayInputStream(bytes));
  }

  static List<?> list(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IllegalArgumentException("it is too large");
      }
      if (new PlainPickle(Files.readAllBytes(file)).read() instanceof List<?> list) {
        return list;
      }
      throw new IllegalArgumentException("it holds no list");
    } catch (IOException
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | NoSuchElementException e) {
      throw new IllegalArgumentException(file + ": no pickled questions: " + e.getMessage());
    }
  }

  private Object read() throws IOException {
    for (int code = in.readUnsignedByte(); code != '.'; code = in.readUnsignedByte()) {
      step(code);
    }
    return pop();
  }

  private void step(int code) throws IOException {
    switch (code) {
      case 0x80 -> in.readUnsignedByte(); // PROTO
      case 0x95 -> in.readLong(); // FRAME
      case '(' -> push(MARK);
      case ']' -> push(new ArrayList<>());
      case '}' -> push(new LinkedHashMap<>());
      case 'N' -> push(NONE);
      case 'K' -> push(in.readUnsignedByte());
      case 'M' -> push(in.readUnsignedByte() | in.readUnsignedByte() << 8);
      case 'J' -> push(Integer.reverseBytes(in.readInt()));
      case 0x8c -> push(text(in.readUnsignedByte()));
      case 'X', 'T' -> push(text(Integer.reverseBytes(in.readInt())));
      case 'U' -> push(text(in.readUnsignedByte()));
      case 'q' -> memo.put(in.readUnsignedByte(), peek());
      case 'r' -> memo.put(Integer.reverseBytes(in.readInt()), peek());
      case 0x94 -> memo.put(memo.size(), peek());
      case 'h' -> push(remembered(in.readUnsignedByte()));
      case 'j' -> push(remembered(Integer.reverseBytes(in.readInt())));
      case 'a' -> {
        Object last = pop();
        list().add(last);
      }
      case 'e' -> {
        List<Object> added = toMark();
        list().addAll(added);
      }
      case 's' -> {
        Object value = pop();
        Object key = pop();
        put(dictionary(), key, value);
      }
      case 'u' -> {
        List<Object> added = toMark();
        Map<Object, Object> dictionary = dictionary();
        for (int i = 0; i + 1 < added.size(); i += 2) {
          put(dictionary, added.get(i), added.get(i + 1));
        }
      }
      default ->
          throw new IllegalArgumentException(
              "opcode 0x" + Integer.toHexString(code) + " is not one of plain data");
    }
  }

  /** A list as a key could hold itself. */
  private static void put(Map<Object, Object> dictionary, Object key, Object value) {
    if (!(key instanceof String)) {
      throw new IllegalArgumentException("a key is no text");
    }
    dictionary.put(key, value);
  }

  private String text(int length) throws IOException {
    if (length < 0 || length > in.available()) {
      throw new IllegalArgumentException("a text is longer than the file");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private Object remembered(int number) {
    Object object = memo.get(number);
    if (object == null) {
      throw new IllegalArgumentException("it refers to what it does not hold");
    }
    return object;
  }

  private void push(Object object) {
    stack.add(object);
  }

  private Object peek() {
    return stack.getLast();
  }

  private Object pop() {
    return stack.removeLast();
  }

  private List<Object> toMark() {
    int mark = stack.lastIndexOf(MARK);
    List<Object> above = new ArrayList<>(stack.subList(mark + 1, stack.size()));
    stack.subList(mark, stack.size()).clear();
    return above;
  }

  @SuppressWarnings("unchecked")
  private List<Object> list() {
    if (peek() instanceof List<?> list) {
      return (List<Object>) list;
    }
    throw new IllegalArgumentException("no list to add to");
  }

  @SuppressWarnings("unchecked")
  private Map<Object, Object> dictionary() {
    if (peek() instanceof Map<?, ?> map) {
      return (Map<Object, Object>) map;
    }
    throw new IllegalArgumentException("no dictionary to add to");
  }
}
