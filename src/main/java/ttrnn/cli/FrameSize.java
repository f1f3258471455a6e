package ttrnn.cli;

/** Width and height of a frame in pixels, written {@code 160x120} on the command line. */
record FrameSize(int width, int height) {
    @Override
    public String toString() {
        return width + "x" + height;
    }
}
