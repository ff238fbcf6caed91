"""onnxruntime-genai runs a folder: its image processor, tokenizer and loop."""
import onnxruntime_genai as og


class GenAi:
    def __init__(self, folder):
        self.model = og.Model(str(folder))
        self.processor = self.model.create_multimodal_processor()

    def inputs(self, files, prompt):
        return self.processor(prompt, images=og.Images.open(*map(str, files)))

    def answer(self, inputs, most):
        """Scores after the prompt, and greedy tokens with their scores."""
        parameters = og.GeneratorParams(self.model)
        parameters.set_search_options(max_length=inputs["input_ids"].shape()[-1] + most, do_sample=False)
        generator = og.Generator(self.model, parameters)
        generator.set_inputs(inputs)
        scores, tokens = [], []
        while True:
            scores.append(generator.get_logits()[0, -1].copy())
            generator.generate_next_token()
            tokens.append(int(generator.get_next_tokens()[0]))
            if generator.is_done():
                return scores, tokens
