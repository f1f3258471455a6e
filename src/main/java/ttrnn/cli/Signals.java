package ttrnn.cli;

import java.lang.reflect.Proxy;

/**
 * Signals of the operating system. Java has no supported door to them, and the unsupported one warns whoever compiles
 * against it, so this file reaches it by reflection; where it is missing the JVM's own handling stays.
 */
final class Signals {
    private Signals() {}

    /** Calls {@code action} on each signal of this name ("INT", "TERM"), in a thread of its own. */
    static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        switch (method.getName()) {
                            case "handle" -> action.run();
                            case "equals" -> {
                                return self == arguments[0];
                            }
                            case "hashCode" -> {
                                return System.identityHashCode(self);
                            }
                            default -> {
                                return "handler of SIG" + name;
                            }
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            // No such door in this JVM, or the signal is not ours (java -Xrs): the JVM's default ends the process.
        }
    }
}
