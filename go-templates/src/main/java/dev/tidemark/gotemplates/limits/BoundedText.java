package dev.tidemark.gotemplates.limits;

/** A text under construction that cannot grow over the bound. */
public final class BoundedText implements CharSequence {
    private final Budget budget;
    private final StringBuilder text = new StringBuilder();
    private int charged;

    public BoundedText(Budget budget) {
        this.budget = budget;
    }

    public BoundedText append(CharSequence piece) {
        text.append(piece);
        charge();
        return this;
    }

    public BoundedText append(char c) {
        text.append(c);
        charge();
        return this;
    }

    public BoundedText appendCodePoint(int point) {
        text.appendCodePoint(point);
        charge();
        return this;
    }

    public BoundedText repeat(CharSequence piece, long times) {
        if (times > 0 && !piece.isEmpty()) {
            budget.text(text.length() + times * piece.length(), times * piece.length());
            text.repeat(piece, (int) times);
        }
        return this;
    }

    private void charge() {
        int grown = text.length() - charged;
        // In portions: most pieces are a few characters long.
        if (grown >= 64) {
            budget.text(text.length(), grown);
            charged = text.length();
        }
    }

    public Budget budget() {
        return budget;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
