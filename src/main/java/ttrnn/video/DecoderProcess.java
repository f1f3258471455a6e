package ttrnn.video;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jcodec.common.model.ColorSpace;
import org.jspecify.annotations.Nullable;

/**
 * A child JVM that decodes ({@link DecoderMain}), seen from the parent. Its heap is limited, and a watch kills it when
 * an answer is late or the waiting thread is interrupted: nothing else ends a decoder that loops.
 *
 * <p>What is said, big-endian: the child greets with {@link #GREETING}. {@link #OPEN}, path, limits: answered by {@link
 * #FORMAT} and the format, or {@link #ERROR}. {@link #NEXT}: answered by {@link #FRAME}, report, time, size and planes
 * without padding; by {@link #END} and report; or by {@link #ERROR}, message and report.
 */
final class DecoderProcess implements Closeable {
    static final long GREETING = 0x7474_726e_6e20_3031L;
    static final byte OPEN = 'O';
    static final byte NEXT = 'N';
    static final byte FORMAT = 'F';
    static final byte FRAME = 'P';
    static final byte END = 'Z';
    static final byte ERROR = 'E';

    private static final String HEAP = "256m";
    private static final int OUT_OF_MEMORY = 3;
    private static final int WATCH_MILLIS = 50;
    private static final int SECONDS_TO_END = 5;

    private final Process process;
    private final DataInputStream in;
    private final DataOutputStream out;
    private boolean greeted;
    private volatile @Nullable Thread waiting;
    private volatile long deadline;
    private volatile boolean late;

    private DecoderProcess(Process process) {
        this.process = process;
        this.in = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
        this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        Thread watch = new Thread(this::watch, "decoder-watch");
        watch.setDaemon(true);
        watch.start();
    }

    /** Starts a child; it says whether it came up with its first answer. */
    static DecoderProcess start() throws ClipException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java,
                "-Xmx" + HEAP,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xshare:auto",
                "-cp",
                classPath(),
                DecoderMain.class.getName());
        Map<String, String> environment = builder.environment();
        // Agents and heaps meant for the parent.
        environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            return new DecoderProcess(builder.start());
        } catch (IOException e) {
            throw new ClipException("the process that decodes H.264 cannot be started: " + e.getMessage(), e);
        }
    }

    /** Where this class and JCodec come from, which is all that the child needs; else the parent's class path. */
    private static String classPath() {
        String ours = origin(DecoderMain.class);
        String jcodec = origin(ColorSpace.class);
        if (ours.isEmpty() || jcodec.isEmpty()) {
            return System.getProperty("java.class.path");
        }
        return ours.equals(jcodec) ? ours : ours + File.pathSeparator + jcodec;
    }

    private static String origin(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return source == null || source.getLocation() == null
                    ? ""
                    : Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException | RuntimeException e) {
            return "";
        }
    }

    /** What is done with an answer. */
    @FunctionalInterface
    interface Answer<T> {
        T read(DataInputStream in) throws IOException;
    }

    /** Puts a request. */
    @FunctionalInterface
    interface Request {
        void write(DataOutputStream out) throws IOException;
    }

    /**
     * Asks and waits.
     *
     * @throws ClipException if the answer took longer than {@code millis}, the thread was interrupted, or the child died;
     *     the child is dead then
     */
    <T> T ask(Request request, Answer<T> answer, long millis, DecodeLimits limits) throws ClipException {
        late = false;
        deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        waiting = Thread.currentThread();
        try {
            request.write(out);
            out.flush();
            greet();
            return answer.read(in);
        } catch (ClipException e) {
            throw e;
        } catch (IOException e) {
            throw ended(millis, limits, e);
        } finally {
            waiting = null;
        }
    }

    /** A JVM may print warnings of its own first. */
    private void greet() throws IOException {
        long last = 0;
        while (!greeted) {
            last = (last << 8) | in.readUnsignedByte();
            greeted = last == GREETING;
        }
    }

    private ClipException ended(long millis, DecodeLimits limits, IOException e) {
        close();
        if (late) {
            return limits.late(millis);
        }
        if (Thread.currentThread().isInterrupted()) {
            return new ClipException("decoding was interrupted", e);
        }
        int code = process.isAlive() ? -1 : process.exitValue();
        return new ClipException(
                code == OUT_OF_MEMORY
                        ? "decoding needs more memory than " + HEAP + "; the clip is damaged, or too large"
                        : "the process that decodes ended with code " + code + "; the clip is damaged, or Java is",
                e);
    }

    boolean alive() {
        return process.isAlive();
    }

    private void watch() {
        try {
            while (!process.waitFor(WATCH_MILLIS, TimeUnit.MILLISECONDS)) {
                Thread thread = waiting;
                if (thread != null && System.nanoTime() - deadline > 0) {
                    late = true;
                    process.destroyForcibly();
                } else if (thread != null && thread.isInterrupted()) {
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        boolean interrupted = Thread.interrupted();
        try {
            process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
