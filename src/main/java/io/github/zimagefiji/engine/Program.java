
package io.github.zimagefiji.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.github.zimagefiji.error.EngineFailedException;
import io.github.zimagefiji.error.ZImageException;

/**
 * A compiled TorchScript program, one for each network. A call runs wholly in native code: its
 * temporaries are freed there, and only the result becomes a handle. Several threads may call at
 * once.
 */
public final class Program {

	/** In whose memory the programs of a device lie. */
	private static final Map<ComputeDevice, PtNDManager> MANAGERS = new ConcurrentHashMap<>();
	/** By device and files. */
	private static final Map<List<Object>, Program> COMPILED = new ConcurrentHashMap<>();

	private final PtSymbolBlock module;
	private final String name;

	private Program(final PtSymbolBlock module, final String name) {
		this.module = module;
		this.name = name;
	}

	/**
	 * A program, compiled on first use and kept as long as the process runs, for all engines:
	 * programs hold no tensors, and compiling them again would be a good part of opening a small
	 * model.
	 *
	 * @param files as for {@link TorchEngine#program}
	 */
	static Program of(final ComputeDevice device, final String... files) {
		return COMPILED.computeIfAbsent(List.of(device, List.of(files)),
			key -> load(MANAGERS.computeIfAbsent(device,
				one -> (PtNDManager) Engine.getEngine("PyTorch").newBaseManager(one.toDjl())), files));
	}

	private static Program load(final PtNDManager manager, final String... files) {
		final String name = files[files.length - 1];
		try {
			final byte[] archive = ProgramArchive
				.of(Stream.concat(Stream.of("common"), Arrays.stream(files)).toArray(String[]::new));
			return new Program(
				JniUtils.loadModule(manager, new ByteArrayInputStream(archive), true, false), name);
		}
		catch (final IOException e) {
			throw new IllegalStateException(e);
		}
		catch (final RuntimeException e) {
			throw translate("compiling the program " + name, e);
		}
	}

	/**
	 * Calls a method that gives one tensor.
	 *
	 * @param scope owns the result
	 * @param arguments {@link Tensor}, {@link TensorMap}, {@code List<Tensor>}, {@link Long},
	 *          {@link Double}, {@link Boolean} or {@link String}
	 */
	public Tensor run(final TensorScope scope, final String method, final Object... arguments) {
		return call(method, arguments, result -> new Tensor(result.toTensor(scope.manager())));
	}

	/** Calls a method that gives a tuple of tensors. */
	public List<Tensor> runTuple(final TensorScope scope, final String method,
		final Object... arguments)
	{
		return call(method, arguments, result -> {
			final List<Tensor> tensors = new ArrayList<>();
			for (final IValue part : result.toIValueTuple()) {
				try (part) {
					tensors.add(new Tensor(part.toTensor(scope.manager())));
				}
			}
			return tensors;
		});
	}

	private <T> T call(final String method, final Object[] arguments, final Function<IValue, T> use) {
		final IValue[] values = new IValue[arguments.length];
		// The engine keeps both for each thread by itself, and any thread may be
		// the one that runs.
		JniUtils.setGradMode(false);
		// Layers run thousands of times with the same shapes, but profiling them
		// first costs more than it gains.
		JniUtils.setGraphExecutorOptimize(false);
		try {
			for (int i = 0; i < arguments.length; i++) {
				values[i] = value(arguments[i]);
			}
			try (IValue result = IValueUtils.runMethod(module, method, values)) {
				return use.apply(result);
			}
		}
		catch (final RuntimeException e) {
			throw translate(name + "." + method, e);
		}
		finally {
			for (int i = 0; i < arguments.length; i++) {
				if (values[i] != null && !(arguments[i] instanceof TensorMap)) values[i].close();
			}
		}
	}

	private static IValue value(final Object argument) {
		if (argument instanceof Tensor tensor) return IValue.from(tensor.array());
		if (argument instanceof TensorMap map) return map.dictionary();
		if (argument instanceof Long number) return IValue.from(number);
		if (argument instanceof Double number) return IValue.from(number);
		if (argument instanceof Boolean flag) return IValue.from(flag);
		if (argument instanceof String text) return IValue.from(text);
		if (argument instanceof List<?> list) return IValue
			.listFrom(list.stream().map(t -> ((Tensor) t).array()).toArray(PtNDArray[]::new));
		throw new IllegalArgumentException("not an argument of a program: " + argument);
	}

	/**
	 * What the native engine throws as one type with a sentence.
	 *
	 * @param doing what was being done, in a few words
	 */
	private static ZImageException translate(final String doing, final RuntimeException e) {
		if (e instanceof ZImageException known) return known;
		final String message = String.valueOf(e.getMessage());
		final String lower = message.toLowerCase(Locale.ROOT);
		if (lower.contains("out of memory") || lower.contains("can't allocate memory") ||
			lower.contains("not enough memory"))
			return new EngineFailedException("The memory ran out (" + doing +
				"). Choose a smaller image or bfloat16, or close other programs.", e);
		return new EngineFailedException(
			"The computing engine failed (" + doing + "): " + lastLine(message), e);
	}

	/** TorchScript ends its traces with the line that says what is wrong. */
	private static String lastLine(final String message) {
		final String[] lines = message.strip().split("\\R", -1);
		for (int i = lines.length - 1; i >= 0; i--) {
			if (lines[i].contains("Error:")) return lines[i].strip();
		}
		return lines[0].strip();
	}
}
