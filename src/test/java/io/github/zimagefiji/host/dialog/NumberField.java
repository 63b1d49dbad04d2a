
package io.github.zimagefiji.host.dialog;

import java.math.BigDecimal;

import javax.swing.JSpinner;
import javax.swing.SpinnerNumberModel;

import org.scijava.util.NumberUtils;
import org.scijava.util.Types;
import org.scijava.widget.WidgetModel;
import org.scijava.widget.WidgetStyle;

/** A number with two arrows. */
public final class NumberField extends HostWidget<Number, JSpinner> {

	private static final int COLUMNS = 12;

	@Override
	public boolean supports(final WidgetModel model) {
		return super.supports(model) && model.isNumber() && !model.isMultipleChoice();
	}

	@Override
	JSpinner create() {
		final JSpinner spinner = new JSpinner(new SpinnerNumberModel(value(),
			(Comparable<?>) get().getMin(), (Comparable<?>) get().getMax(), get().getStepSize()));
		final JSpinner.NumberEditor editor = new JSpinner.NumberEditor(spinner, format());
		// as in Fiji, what is typed counts when the field is left
		editor.getTextField().setColumns(COLUMNS);
		editor.getTextField().setName(get().getItem().getName() + " text");
		editor.getTextField().setToolTipText(get().getItem().getDescription());
		spinner.setEditor(editor);
		spinner.addChangeListener(e -> updateModel());
		return spinner;
	}

	private Number value() {
		final Number value = (Number) get().getValue();
		if (value != null) return value;
		return NumberUtils.toNumber(0, Types.box(get().getItem().getType()));
	}

	/** The style's own format, or as many decimals as value and step have. */
	private String format() {
		final String style = WidgetStyle.getStyleModifier(get().getItem().getWidgetStyle(), "format");
		if (style != null) return style;
		final int decimals = Math.max(decimals(value()), decimals(get().getStepSize()));
		return decimals <= 0 ? "0" : "0." + "0".repeat(decimals);
	}

	private static int decimals(final Number number) {
		return number == null ? 0 : new BigDecimal(number.toString()).stripTrailingZeros().scale();
	}

	@Override
	public Number getValue() {
		return (Number) control().getValue();
	}

	@Override
	void showValue() {
		final Object value = get().getValue();
		if (value != null && !value.equals(control().getValue())) control().setValue(value);
	}
}
