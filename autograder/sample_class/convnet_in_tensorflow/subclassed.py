"""Right answers to assignment 3 with a class of one's own."""

import keras
import numpy as np
import tensorflow as tf


def create_placeholders(n_H0, n_W0, n_C0, n_y):
    return keras.KerasTensor((None, n_H0, n_W0, n_C0)), keras.KerasTensor((None, n_y))


class Network(keras.Model):
    """The network, with variables of its own."""

    def __init__(self):
        super().__init__()
        glorot = keras.initializers.GlorotUniform(seed=0)
        self.W1 = self.add_weight(shape=(4, 4, 3, 8), initializer=glorot)
        self.W2 = self.add_weight(shape=(2, 2, 8, 16), initializer=glorot)
        self.flatten = keras.layers.Flatten()
        self.dense = keras.layers.Dense(6)

    def call(self, X):
        for W, window in ((self.W1, 8), (self.W2, 4)):
            X = tf.nn.relu(tf.nn.conv2d(X, tf.convert_to_tensor(W), strides=1, padding="SAME"))
            X = tf.nn.max_pool2d(X, window, window, "SAME")
        return self.dense(self.flatten(X))


def initialize_parameters():
    network = Network()
    return {"W1": network.W1, "W2": network.W2, "dense": network.dense}


def forward_propagation(X, parameters):
    network = Network()
    network.W1.assign(parameters["W1"])
    network.W2.assign(parameters["W2"])
    network.dense = parameters["dense"]
    return network(X)


def compute_cost(Z3, Y):
    return tf.math.reduce_mean(keras.losses.categorical_crossentropy(Y, Z3, from_logits=True))


def model(X_train, Y_train, X_test, Y_test, learning_rate=0.005, num_epochs=100, minibatch_size=64):
    network = Network()
    network(X_train[:1])
    optimizer = keras.optimizers.Adam(learning_rate)

    @tf.function
    def step(X, Y):
        with tf.GradientTape() as tape:
            cost = compute_cost(network(X), Y)
        optimizer.apply(tape.gradient(cost, network.trainable_variables))
        return cost

    optimizer.build(network.trainable_variables)
    rng = np.random.default_rng(5)
    costs = []
    for _ in range(num_epochs):
        order = rng.permutation(len(X_train))
        pieces = [order[k : k + minibatch_size] for k in range(0, len(order), minibatch_size)]
        shares = [len(piece) / len(order) for piece in pieces]
        costs.append(sum(s * step(X_train[p], Y_train[p]).numpy() for s, p in zip(shares, pieces)))

    def share(X, Y):
        return float(keras.metrics.categorical_accuracy(Y, network(X)).numpy().mean())

    history = {
        "costs": costs,
        "train_accuracy": share(X_train, Y_train),
        "test_accuracy": share(X_test, Y_test),
    }
    return {"W1": network.W1, "W2": network.W2, "dense": network.dense}, history


def predict(picture, parameters):
    X = tf.image.resize(tf.image.convert_image_dtype(picture, tf.float32), [64, 64])
    return forward_propagation(tf.expand_dims(X, 0), parameters).numpy().argmax().item()
