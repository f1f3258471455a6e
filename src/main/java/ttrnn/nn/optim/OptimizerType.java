package ttrnn.nn.optim;

import java.util.List;
import java.util.Locale;
import ttrnn.nn.Parameter;

/** The optimisers, for configuration. */
public enum OptimizerType {
    /** {@link Adam}. */
    ADAM {
        @Override
        public Optimizer create(List<Parameter> parameters, OptimizerSettings s) {
            return new Adam(parameters, s.form(), s.beta1(), s.beta2(), s.epsilon());
        }
    },
    /** {@link AdamW}. */
    ADAMW {
        @Override
        public Optimizer create(List<Parameter> parameters, OptimizerSettings s) {
            return new AdamW(parameters, s.form(), s.beta1(), s.beta2(), s.epsilon(), s.weightDecay());
        }
    },
    /** {@link Sgd}. */
    SGD {
        @Override
        public Optimizer create(List<Parameter> parameters, OptimizerSettings s) {
            return new Sgd(parameters, s.momentum(), s.nesterov());
        }
    },
    /** {@link RmsProp}. */
    RMSPROP {
        @Override
        public Optimizer create(List<Parameter> parameters, OptimizerSettings s) {
            return new RmsProp(parameters, s.rho(), s.epsilon());
        }
    };

    /** An optimiser of these parameters, which has taken no step. */
    public abstract Optimizer create(List<Parameter> parameters, OptimizerSettings settings);

    /** For example {@code adamw}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
