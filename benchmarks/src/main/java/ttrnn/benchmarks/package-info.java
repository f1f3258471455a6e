/** Benchmarks of ttrnn by JMH, and beside the yardstick in PyTorch. See benchmarks/README.md. */
package ttrnn.benchmarks;
